import { suggest } from '../../nearest.js'
import { foreignKey, keyOf, mapped, type Catalog, type KeyField } from './catalog.js'
import { defaultOfWord } from './defaults.js'
import { Drafting, joined, type Draft } from './draft.js'
import { checkModel } from './check-model.js'
import { WordProblem, forEachWord, wordError, type Written } from './problem.js'
import { draftRelation, type Scene } from './relations.js'
import { newKey, resolveWord, type Resolved, type Subject } from './resolve.js'
import { readWord, type BlockWord, type FieldWord } from './word.js'

/** A model with its fields, or more fields for one that is there, as words of a command line. */
export type Addition = {
  readonly kind: 'model' | 'field'
  readonly model: Written
  readonly words: readonly Written[]
}

/**
 * Works out what a schema gets. Pure.
 * @throws UserError that names each word that is wrong, its place, and what would be right
 */
export function draftAddition(catalog: Catalog, { kind, model, words }: Addition): Draft {
  const isNew = kind === 'model'
  checkModel(catalog, model, isNew)
  const subject = { catalog, model: model.text, isNew }
  const drafting = new Drafting()
  drafting.open(model.text, isNew, catalog.places.get(model.text)?.members.keys() ?? [])
  const read = forEachWord(words, readWord)
  const fields = read.filter((word): word is FieldWord => word.kind === 'field')
  const blocks = read.filter((word): word is BlockWord => word.kind === 'block')
  const resolved = forEachWord(fields, (word) => resolveWord(subject, drafting.enums, word))
  const key = isNew ? keyOfNew(subject, resolved, blocks) : []
  const scene = { ...subject, drafting, key, words: resolved }
  draftFields(scene, blocks)
  forEachWord(blocks, (word) => draftBlock(scene, word))
  if (isNew) finishModel(scene)
  return drafting.finish()
}

function keyOfNew(
  subject: Subject,
  words: readonly Resolved[],
  blocks: readonly BlockWord[],
): KeyField[] {
  const [named, twice] = blocks.filter(({ attribute }) => attribute === 'id')
  const marked = words.find(({ word }) => word.modifiers.has('id'))
  const second = twice ?? (marked === undefined ? undefined : named)
  if (second !== undefined)
    throw wordError(second, new WordProblem('The key is named twice: by :id or by @@id.'))
  const plain = words.find(({ word }) => word.name === subject.catalog.habits.id.name)
  if (named === undefined && marked === undefined && plain !== undefined) {
    const { text, type } = plain.word
    const end = type.at + type.text.length
    throw wordError(
      plain.word,
      new WordProblem(
        `A field called ${plain.word.name} is meant to be the key.`,
        0,
        `${text.slice(0, end)}:id${text.slice(end).replace(/^\?/, '')}`,
      ),
    )
  }
  try {
    return newKey(subject, words, named?.fields.map(({ text }) => text) ?? [])
  } catch (error) {
    if (error instanceof WordProblem) throw wordError(marked?.word ?? named!, error)
    throw error
  }
}

/** A key that nobody asked for stands first. */
function draftFields(scene: Scene, blocks: readonly BlockWord[]): void {
  const { catalog, drafting, isNew, model, words } = scene
  const asked =
    words.some(({ word }) => word.modifiers.has('id')) ||
    blocks.some(({ attribute }) => attribute === 'id')
  if (isNew && !asked) {
    drafting.claim(model, catalog.habits.id.name, 'the key')
    drafting.field(model, catalog.habits.id)
  }
  forEachWord(
    words.map((resolved) => ({ ...resolved, ...writtenOf(resolved.word) })),
    ({ word, type }) =>
      type.kind === 'relation'
        ? draftRelation(scene, { word, type }, checkedTarget(word, type.model))
        : draftScalar(scene, { word, type }),
  )
}

const writtenOf = ({ text, position }: Written): Written => ({ text, position })

/** Only to say early that a relation has no default. */
function checkedTarget(word: FieldWord, model: string): string {
  defaultOfWord(word, { kind: 'relation', model })
  return model
}

function draftScalar(
  { catalog, drafting, model, isNew, words }: Scene,
  { word, type }: Resolved,
): void {
  if (type.kind === 'relation') return
  const { modifiers, list, optional } = word
  const ids = words.filter((it) => it.word.modifiers.has('id'))
  const value = defaultOfWord(word, type)
  drafting.claim(model, word.name, word.text)
  drafting.field(model, {
    name: word.name,
    type: `${type.kind === 'enum' ? type.name : type.type}${list ? '[]' : optional ? '?' : ''}`,
    attributes: joined([
      modifiers.has('id') && ids.length === 1 ? '@id' : '',
      modifiers.has('unique') ? '@unique' : '',
      value,
      modifiers.has('updatedAt') ? '@updatedAt' : '',
      mapped(catalog, word.name),
    ]),
  })
  if (!isNew && !list && !optional && value === '')
    drafting.notes.push(
      `${model}.${word.name} is required and has no default: rows that are there stand in its way.`,
    )
}

/** `@@unique(a,b)`; a relation stands for its foreign key. */
function draftBlock(scene: Scene, { attribute, fields, text }: BlockWord): void {
  const { catalog, drafting, isNew, model, words, key } = scene
  if (attribute === 'id' && !isNew)
    throw new WordProblem(`${model} is there, and its key stays what it is.`)
  const known = catalog.models.get(model)?.fields.map(({ name }) => name) ?? []
  const names = [...known, ...words.map(({ word }) => word.name)]
  const columns = fields.flatMap(({ text: name, at }) => {
    if (!drafting.has(model, name)) {
      const [close] = suggest(name, names)
      throw new WordProblem(
        `${model} has no field ${name}.`,
        at,
        undefined,
        close === undefined ? [] : [close],
      )
    }
    const resolved = words.find(({ word }) => word.name === name)
    if (resolved?.type.kind !== 'relation') return [name]
    const target = resolved.type.model
    return (target === model && isNew ? key : keyOf(catalog, target)!).map(
      (it) => foreignKey(name, it).name,
    )
  })
  if (columns.length === 0) throw new WordProblem('It names no field.', text.indexOf('('))
  drafting.attribute(model, `@@${attribute}([${columns.join(', ')}])`)
}

function finishModel({ catalog: { habits }, drafting, model, key, words }: Scene): void {
  const marked = words.filter(({ word }) => word.modifiers.has('id'))
  if (marked.length > 0 && key.length > 1)
    drafting.attribute(model, `@@id([${key.map(({ name }) => name).join(', ')}])`)
  const table = habits.table(model)
  if (table !== model) drafting.attribute(model, `@@map("${table}")`)
  if (habits.dbSchema !== null) drafting.attribute(model, `@@schema("${habits.dbSchema}")`)
}
