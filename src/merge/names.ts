import type { Outline } from '../schema/rename/outline.js'
import { currentField, currentName, type Rename } from '../schema/rename/rename.js'
import { labelOf, nameModels, wordsOf, type ModelNames } from '../view/names.js'

/** How something was called in generated code, and how it is called now. */
export type NamePair = {
  readonly from: string
  readonly to: string
  /** `part`: may be part of an identifier, as `Post` of `createPostSchema`. `start`: only its start. `whole`: all of it. */
  readonly where: 'part' | 'start' | 'whole'
}

/** What renames mean for generated code. */
export type Naming = {
  /** New name of files by the old one: `post` → `article`. */
  readonly files: ReadonlyMap<string, string>
  /** Names of the Prisma client: model types, and its properties. */
  readonly models: readonly { readonly from: string; readonly to: string }[]
  readonly delegates: ReadonlyMap<string, string>
  /** Every model and enum there is now. */
  readonly types: readonly string[]
  /** Identifiers that the user may use too. */
  readonly identifiers: readonly NamePair[]
  /** Everything that generated text may say otherwise now: fields, labels and paths too. */
  readonly words: readonly NamePair[]
}

/**
 * The names that change with some renames. Pure.
 * @param old every name that there was
 * @param now the schema as it is
 */
export function namingOf(old: Outline, now: Outline, renames: readonly Rename[]): Naming {
  const [before, after] = [nameModels(old.models), nameModels(now.models)]
  const models = old.models.flatMap(({ name }) => {
    const to = currentName(name, renames)
    const [from, names] = [before.get(name)!, after.get(to)]
    return names === undefined ? [] : [{ from: { name, ...from }, to: { name: to, ...names } }]
  })
  const changed = models.filter(({ from, to }) => from.type !== to.type || from.path !== to.path)
  const enums = old.enums
    .map(({ name }) => ({ from: name, to: currentName(name, renames), where: 'whole' as const }))
    .filter(({ from, to }) => from !== to)
  const identifiers = [...changed.flatMap(identifiersOf), ...enums]
  return {
    files: pairsOf(changed, 'file'),
    models: changed.map(({ from, to }) => ({ from: from.name, to: to.name })),
    delegates: pairsOf(changed, 'delegate'),
    types: [...now.models, ...now.enums].map(({ name }) => name),
    identifiers,
    words: [...identifiers, ...changed.flatMap(wordsOfModel), ...wordsOfFields(old, now, renames)],
  }
}

type Named = ModelNames & { readonly name: string }
type Changed = { readonly from: Named; readonly to: Named }

const pairsOf = (changed: readonly Changed[], key: 'file' | 'delegate'): Map<string, string> =>
  new Map(changed.map(({ from, to }) => [from[key], to[key]]))

function identifiersOf({ from, to }: Changed): NamePair[] {
  return [
    { from: from.type, to: to.type, where: 'part' },
    { from: pascal(from.path), to: pascal(to.path), where: 'part' },
    { from: from.variable, to: to.variable, where: 'start' },
    { from: from.delegate, to: to.delegate, where: 'start' },
    { from: from.name, to: to.name, where: 'part' },
  ]
}

const pascal = (path: string): string =>
  path.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase())

/** What comments, strings and paths say. */
function wordsOfModel({ from, to }: Changed): NamePair[] {
  const keys = ['variable', 'delegate', 'file', 'path', 'label', 'pluralLabel'] as const
  return keys.flatMap((key) => [
    { from: from[key], to: to[key], where: 'whole' as const },
    { from: lower(from[key]), to: lower(to[key]), where: 'whole' as const },
  ])
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** Fields have few names of their own: those of relations to what was renamed are found by that. */
function wordsOfFields(old: Outline, now: Outline, renames: readonly Rename[]): NamePair[] {
  return old.models.flatMap((before) => {
    const after = now.models.find(({ name }) => name === currentName(before.name, renames))
    if (after === undefined) return []
    const known = before.fields.map(({ name }) => ({
      from: name,
      to: currentField(before.name, name, renames).field,
    }))
    const gone = before.fields.filter(
      (field) =>
        field.column === undefined && !after.fields.some(({ name }) => name === field.name),
    )
    const come = after.fields.filter(
      (field) => field.column === undefined && !known.some(({ to }) => to === field.name),
    )
    const relations = gone.flatMap((field) => {
      const same = come.filter(
        ({ type, list }) => type === currentName(field.type, renames) && list === field.list,
      )
      return same.length === 1 ? [{ from: field.name, to: same[0]!.name }] : []
    })
    return [...known.filter(({ from, to }) => from !== to), ...relations].flatMap(wordsOfField)
  })
}

function wordsOfField({ from, to }: { from: string; to: string }): NamePair[] {
  const last = (name: string): string => wordsOf(name).at(-1)!
  return [
    { from, to },
    { from: labelOf(from), to: labelOf(to) },
    { from: last(from), to: last(to) },
  ].map((pair) => ({ ...pair, where: 'whole' as const }))
}
