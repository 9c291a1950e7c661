import { UserError } from '../../errors.js'
import { nearest } from '../../nearest.js'
import type { Outline } from './outline.js'
import { knownOutline, type SchemaRecord } from './record.js'
import { currentField, currentName, namesIn, partsOf, type Rename } from './rename.js'

const NAME = String.raw`[A-Za-z]\w*`
const PAIR = new RegExp(`^(${NAME}(?:\\.${NAME})?)=(${NAME}(?:\\.${NAME})?)$`)

/**
 * Reads what is given by `--rename`: `Post=Article,Post.body=Article.content`.
 * @param record what the last run left; null where none did
 * @param now the schema as it is
 * @returns models and enums first, then fields, whose model goes by its new name; not those that are recorded already
 * @throws UserError for what does not fit the two
 */
export function readRenames(text: string, record: SchemaRecord | null, now: Outline): Rename[] {
  if (record === null) throw unknownPast()
  const pairs = text.split(',').map((part) => readPair(part.trim()))
  refuseTwice(pairs)
  const news = pairs
    .filter((pair) => !isRecorded(pair, record))
    .map((pair) => asOfNow(pair, record))
  const types = news.filter(({ from }) => !isField(from))
  for (const pair of types) checkPair(pair, pair.from, record, now)
  const fields = news
    .filter(({ from }) => isField(from))
    .map((pair) => checkField(pair, types, record, now))
  return [...types, ...fields]
}

const unknownPast = (): UserError =>
  new UserError('--rename: what the schema said at the last generation is not known.', [
    'Put the old names back into the schema, and run: ssot generate',
    'Then give the new names, and run this again.',
  ])

function readPair(text: string): Rename {
  const [, from, to] = PAIR.exec(text) ?? []
  if (from === undefined || to === undefined)
    throw new UserError(`--rename can't read '${text}'.`, [
      'Give it as Old=New, or for a field as Model.old=Model.new.',
    ])
  if (isField(from) !== isField(to))
    throw new UserError(`--rename ${text}: one is a field, and the other is not.`, [
      'Give both with their model: Post.body=Post.content.',
    ])
  return { from, to }
}

const isField = (name: string): boolean => partsOf(name).field !== null

function refuseTwice(pairs: readonly Rename[]): void {
  for (const [index, { from, to }] of pairs.entries())
    for (const other of pairs.slice(0, index))
      if (other.from === from || other.to === to)
        throw new UserError(`--rename names ${other.from === from ? from : to} twice.`)
}

function isRecorded({ from, to }: Rename, { before, renames = [] }: SchemaRecord): boolean {
  const { owner, field } = partsOf(from)
  if (before === undefined || !namesIn(before).includes(from)) return false
  if (field === null) return currentName(owner, renames) === to
  const now = currentField(owner, field, renames)
  return `${now.model}.${now.field}` === to
}

/** A field's model may have got its new name by an earlier run. */
function asOfNow({ from, to }: Rename, { models, renames = [] }: SchemaRecord): Rename {
  const { owner, field } = partsOf(from)
  if (models.some(({ name }) => name === owner)) return { from, to }
  const now = currentName(owner, renames)
  if (field !== null) return { from: `${now}.${field}`, to }
  if (now === owner) return { from, to }
  throw new UserError(`--rename ${from}=${to}: ${from} has been renamed to ${now} already.`)
}

/** @param wanted what the name would still be called, had it not been renamed */
function checkPair({ from, to }: Rename, wanted: string, record: SchemaRecord, now: Outline): void {
  const old = knownOutline(record)
  const kind = kindOf(from, old) ?? kindOf(to, now)
  refuseUnknown(from, kind, old, 'The last generation has no')
  refuseUnknown(to, kind, now, 'The schema has no')
  if (namesIn(now).includes(wanted))
    throw new UserError(`--rename: ${wanted} is in the schema still, so that it has no new name.`)
  const { before = record } = record
  const origin = namesIn(record).includes(from) ? record : before
  const { field } = partsOf(to)
  if (namesIn(origin).includes(field === null ? to : `${partsOf(from).owner}.${field}`))
    throw new UserError(`--rename: ${to} was there already, so that it is no new name of ${from}.`)
}

type Kind = 'model' | 'enum' | 'field'

function kindOf(name: string, { models, enums }: Outline): Kind | undefined {
  if (isField(name)) return 'field'
  if (models.some((model) => model.name === name)) return 'model'
  return enums.some((type) => type.name === name) ? 'enum' : undefined
}

function refuseUnknown(
  name: string,
  kind: Kind | undefined,
  outline: Outline,
  reason: string,
): void {
  const known = namesIn(outline).filter((other) =>
    kind === undefined ? !isField(other) : kindOf(other, outline) === kind,
  )
  if (known.includes(name)) return
  const close = nearest(name, known)
  throw new UserError(`--rename: ${reason} ${kind ?? 'model'} ${name}.`, [
    ...(close.length > 0 ? [`Did you mean ${close.join(', ')}?`] : []),
    ...(kind === 'field' ? [] : [`Known: ${known.join(', ')}.`]),
  ])
}

/** @returns the rename as it is once the models have their new names */
function checkField(
  pair: Rename,
  types: readonly Rename[],
  record: SchemaRecord,
  now: Outline,
): Rename {
  const [before, after] = [partsOf(pair.from), partsOf(pair.to)]
  const owner = currentName(before.owner, [...(record.renames ?? []), ...types])
  const from = `${owner}.${before.field}`
  checkPair(pair, from, record, now)
  if (owner === after.owner) return { from, to: pair.to }
  throw new UserError(`--rename ${pair.from}=${pair.to}: these are fields of two models.`, [
    kindOf(owner, now) === undefined
      ? `Say what became of the model too: --rename ${before.owner}=${after.owner},${pair.from}=${pair.to}`
      : 'A field can be renamed in its own model.',
  ])
}
