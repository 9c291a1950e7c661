import { foreignKey, keyOf, mapped, type Catalog, type KeyField } from './catalog.js'
import { joined, type Drafting } from './draft.js'
import { camel, pascal, pluralOf, singularOf } from './habits.js'
import { WordProblem } from './problem.js'
import type { Resolved } from './resolve.js'

/** What a relation is drafted with. */
export type Scene = {
  readonly catalog: Catalog
  readonly drafting: Drafting
  readonly model: string
  readonly isNew: boolean
  /** Of the model itself, where it is new. */
  readonly key: readonly KeyField[]
  readonly words: readonly Resolved[]
}

type Side = {
  readonly model: string
  readonly field: string
  readonly to: string
  readonly name: string | null
  readonly by: string
}

/**
 * Writes both sides of a relation.
 * @throws WordProblem
 */
export function draftRelation(scene: Scene, { word, type }: Resolved, target: string): void {
  const { model, drafting } = scene
  refuseModifiers(scene, { word, type }, target)
  const many = word.modifiers.has('many')
  drafting.claim(model, word.name, word.text)
  const several = isOneOfSeveral(scene, target)
  const name = several || target === model ? relationName(scene, word.name) : null
  const here = { model, field: word.name, to: target, name, by: word.text }
  openTarget(scene, target)
  if (!word.list) return draftOwning(scene, { word, type }, here, several)
  const isTree = target === model && !many
  const names = candidates(many ? pluralOf(model) : camel(model), singularOf(word.name), several)
  const field = drafting.claimFirst(target, isTree ? ['parent', ...names] : names, word.text)
  const there = { ...here, model: target, field, to: model }
  drafting.field(model, listSide(here))
  if (many) return drafting.field(target, listSide(there))
  writeOwner(scene, there, keyOfModel(scene, model), { optional: true, unique: false, id: false })
  if (target !== model)
    drafting.notes.push(`${target}.${field} is optional, as rows that are there have none.`)
}

/** This model holds the foreign key; the other one sees a list, or one row where it is unique. */
function draftOwning(scene: Scene, { word }: Resolved, here: Side, several: boolean): void {
  const { model, drafting, words } = scene
  const ids = words.filter((it) => it.word.modifiers.has('id'))
  const id = word.modifiers.has('id')
  const unique = word.modifiers.has('unique') || (id && ids.length === 1)
  const key = keyOfModel(scene, here.to)
  writeOwner(scene, here, key, { optional: word.optional, unique, id: id && ids.length === 1 })
  // A tree has a word of its own for the other side.
  const isTree = here.to === model && word.name === 'parent' && !unique
  const names = candidates(unique ? camel(model) : pluralOf(model), word.name, several)
  const field = drafting.claimFirst(here.to, isTree ? ['children', ...names] : names, word.text)
  const there = { ...here, model: here.to, field, to: model }
  drafting.field(
    here.to,
    unique ? { name: field, type: `${model}?`, attributes: relation(here.name) } : listSide(there),
  )
}

/** The names of the other side, the best one first; it says which relation it is where there are several. */
const candidates = (plain: string, field: string, several: boolean): string[] => {
  const telling = `${plain}As${pascal(field)}`
  return several ? [telling] : [plain, telling]
}

const listSide = ({ field, to, name }: Side) => ({
  name: field,
  type: `${to}[]`,
  attributes: relation(name),
})

const relation = (name: string | null): string => (name === null ? '' : `@relation("${name}")`)

/** The relation field and its foreign key, the index included. */
function writeOwner(
  { catalog, drafting, key: ownKey, model }: Scene,
  { model: owner, field, to, name, by }: Side,
  key: readonly KeyField[],
  how: { readonly optional: boolean; readonly unique: boolean; readonly id: boolean },
): void {
  const columns = key.map((it) => foreignKey(field, it))
  for (const column of columns) drafting.claim(owner, column.name, by)
  const mark = how.optional ? '?' : ''
  const names = columns.map((column) => column.name).join(', ')
  const parts = [
    ...(name === null ? [] : [`"${name}"`]),
    `fields: [${names}]`,
    `references: [${key.map((it) => it.name).join(', ')}]`,
    // SQL Server refuses every other action where rows may be reached on two ways.
    ...(catalog.schema.provider === 'sqlserver' ? ['onDelete: NoAction, onUpdate: NoAction'] : []),
  ]
  drafting.field(owner, {
    name: field,
    type: to + mark,
    attributes: `@relation(${parts.join(', ')})`,
  })
  const single = columns.length === 1
  for (const column of columns) {
    const attributes = [
      how.id && single ? '@id' : '',
      how.unique && single && !how.id ? '@unique' : '',
      mapped(catalog, column.name),
      column.native,
    ]
    drafting.field(owner, {
      name: column.name,
      type: column.type + mark,
      attributes: joined(attributes),
    })
  }
  const leads = owner === model && columns.every((it, i) => ownKey[i]?.name === it.name)
  if (how.unique && !single && !leads) drafting.attribute(owner, `@@unique([${names}])`)
  if (!how.unique && !leads) drafting.attribute(owner, `@@index([${names}])`)
}

function keyOfModel({ catalog, model, isNew, key }: Scene, name: string): readonly KeyField[] {
  return name === model && isNew ? key : keyOf(catalog, name)!
}

function openTarget({ catalog, drafting }: Scene, target: string): void {
  const members = catalog.places.get(target)?.members
  if (members !== undefined) drafting.open(target, false, members.keys())
}

/** Are there, or will there be, several relations between the two? Then each needs a name. */
function isOneOfSeveral({ catalog, model, words }: Scene, target: string): boolean {
  const there = catalog.models.get(model)?.fields.filter(({ type }) => type === target) ?? []
  const wanted = words.filter(({ type }) => type.kind === 'relation' && type.model === target)
  return there.length + wanted.length > 1
}

function relationName({ catalog, model }: Scene, field: string): string {
  const taken = new Set(
    catalog.schema.models.flatMap(({ fields }) =>
      fields.map((it) => (it.kind === 'relation' ? it.relationName : '')),
    ),
  )
  const name = model + pascal(field)
  let free = name
  for (let i = 2; taken.has(free); i++) free = `${name}${i}`
  return free
}

/** @throws WordProblem for what a relation can't be */
function refuseModifiers(scene: Scene, { word }: Resolved, target: string): void {
  const { catalog, model, isNew } = scene
  const { modifiers, text, type } = word
  for (const name of ['unique', 'id'] as const)
    if (word.list && modifiers.has(name))
      throw new WordProblem(
        `A list can't be :${name}.`,
        modifiers.get(name)! - 1,
        without(text, name),
      )
  if (modifiers.has('many') && !word.list)
    throw new WordProblem(
      ':many stands behind a list.',
      modifiers.get('many')! - 1,
      `${word.name}:${type.text}[]:many`,
    )
  if (target === model && !word.list && !word.optional)
    throw new WordProblem(
      `A first ${model} would need one before it.`,
      type.at,
      `${text.slice(0, type.at)}${type.text}?${text.slice(type.at + type.text.length)}`,
    )
  const ends = modifiers.has('many') ? [target, model] : [word.list ? model : target]
  for (const end of ends) {
    const key = end === model && isNew ? scene.key : keyOf(catalog, end)
    const primary = end === model && isNew ? key! : catalog.models.get(end)!.primaryKey
    if (key === null)
      throw new WordProblem(`${end} has no key that a relation could point to.`, type.at)
    if (modifiers.has('many') && primary.length !== 1)
      throw new WordProblem(
        `:many needs a key of one field at both ends, and ${end} has none.`,
        modifiers.get('many')! - 1,
        undefined,
        ['Make a model for the pairs, with a relation to each of the two.'],
      )
  }
}

const without = (text: string, modifier: string): string => text.replace(`:${modifier}`, '')
