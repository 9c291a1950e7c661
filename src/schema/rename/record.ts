import { UserError } from '../../errors.js'
import { enumIn, fieldIn, modelIn, type ModelOutline, type Outline } from './outline.js'
import { currentField, currentName, namesIn, type Rename } from './rename.js'

/** Where a run notes what the schema said, for the next one. */
export const RECORD_PATH = '.ssot/schema.json'

/** What the schema said at the last run; and until a migration has followed, what names it had before. */
export type SchemaRecord = Outline & {
  /** The schema from before the first name went that no migration knows of. */
  readonly before?: Outline
  /** What became of those names, so far as it is known. */
  readonly renames?: readonly Rename[]
}

/**
 * What a run leaves for the next one. Pure.
 * @param last null where there was no run, or none that left a record
 */
export function nextRecord(
  last: SchemaRecord | null,
  now: Outline,
  renames: readonly Rename[],
): SchemaRecord {
  if (last === null) return now
  const outline = outlineIn(last)
  const before = last.before ?? (isWhole(outline, now) ? undefined : outline)
  if (before === undefined || isWhole(before, now)) return now
  const all = [...(last.renames ?? []), ...renames]
  return { ...now, before, ...(all.length === 0 ? {} : { renames: all }) }
}

/** True where every name is there still, or there again, and means the same in the database. */
function isWhole(outline: Outline, now: Outline): boolean {
  const places = new Set(placesIn(now))
  return placesIn(outline).every((place) => places.has(place))
}

const placesIn = ({ models, enums }: Outline): string[] => [
  ...models.flatMap(({ name, table, fields }) => [
    toJson([name, table]),
    ...fields.map((field) => toJson([name, field.name, field.column, field.join?.table])),
  ]),
  ...enums.map(({ name, type }) => toJson([name, type])),
]

/**
 * What stays noted once a migration has made the database what the schema says. Pure.
 * @param now the schema of the migration: generation may be behind it
 */
export function settledRecord(record: SchemaRecord, now: Outline): SchemaRecord {
  const last = outlineIn(record)
  return isWhole(last, now) ? last : { ...last, before: now }
}

const outlineIn = ({ models, enums }: SchemaRecord): Outline => ({ models, enums })

/**
 * All that a name given by the user may mean: the schema of the last run, and what had gone from it by then without
 * a word on what became of it.
 */
export function knownOutline({ before, renames = [], ...last }: SchemaRecord): Outline {
  if (before === undefined) return last
  const isGone = ({ name }: { name: string }): boolean => currentName(name, renames) === name
  return {
    models: [
      ...last.models.map((model) => withGone(model, before, renames)),
      ...before.models.filter(isGone).filter(({ name }) => !modelIn(last, name)),
    ],
    enums: [
      ...last.enums,
      ...before.enums.filter(isGone).filter(({ name }) => !enumIn(last, name)),
    ],
  }
}

function withGone(model: ModelOutline, before: Outline, renames: readonly Rename[]): ModelOutline {
  const old = before.models.find(({ name }) => currentName(name, renames) === model.name)
  if (old === undefined) return model
  const gone = old.fields
    .map((field) => ({ ...field, name: currentField(old.name, field.name, renames).field }))
    .filter(({ name }) => !model.fields.some((field) => field.name === name))
  return { ...model, fields: [...model.fields, ...gone] }
}

/** The text of a record: a field per line, so that two branches of an app merge. */
export function printRecord({ before, renames, ...outline }: SchemaRecord): string {
  const parts = [
    ...printOutline(outline),
    ...(before === undefined ? [] : [`"before": {\n${printOutline(before).join(',\n')}\n}`]),
    ...(renames === undefined ? [] : [`"renames": ${printList(renames.map(toJson))}`]),
  ]
  return `{\n${parts.join(',\n')}\n}\n`
}

const printOutline = ({ models, enums }: Outline): string[] => [
  `"models": ${printList(models.map(printModel))}`,
  `"enums": ${printList(enums.map(toJson))}`,
]

function printModel({ fields, ...model }: ModelOutline): string {
  return `${toJson(model).slice(0, -1)},"fields":${printList(fields.map(toJson))}}`
}

const toJson = (value: unknown): string => JSON.stringify(value)

const printList = (lines: readonly string[]): string =>
  lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`

/**
 * Reads the text of a record.
 * @throws UserError when it is none: anybody can edit it
 */
export function parseRecord(text: string): SchemaRecord {
  try {
    const record = JSON.parse(text) as SchemaRecord
    for (const outline of [record, ...(record.before === undefined ? [] : [record.before])]) {
      namesIn(outline)
      for (const { name } of outline.models) fieldIn(outline, name, '')
    }
    for (const { from, to } of record.renames ?? []) if (!isText(from) || !isText(to)) throw NO_NAME
    return record
  } catch (cause) {
    throw new UserError(
      `${RECORD_PATH} can't be used.`,
      ['Restore it from version control, or delete it: renames are then not known.'],
      { cause },
    )
  }
}

const NO_NAME = new Error('A rename has no name.')

const isText = (value: unknown): value is string => typeof value === 'string'
