import { UserError } from '../errors.js'
import { removal } from './edits.js'
import type { Provider } from './model.js'
import type { Changes } from './normalise.js'
import { problemError } from './problems.js'
import { propertiesOf, stringOf, stringsOf, type Property } from './properties.js'
import type { Block, Source } from './source.js'

const PROVIDERS: readonly Provider[] = ['sqlite', 'postgresql', 'mysql', 'cockroachdb', 'sqlserver']

/** Properties that Prisma 7 refuses; connections are named by the app's environment instead. */
const DROPPED = new Set(['url', 'directUrl', 'shadowDatabaseUrl', 'default'])

/** `postgres` is Prisma's other name of `postgresql`. */
export const toProvider = (name: string): Provider | null =>
  name === 'postgres' ? 'postgresql' : (PROVIDERS.find((provider) => provider === name) ?? null)

/**
 * Takes connection URLs out of the datasource, and makes its provider one name.
 * @returns the provider as the schema will name it
 * @throws UserError when there is no model, no datasource, or the database is MongoDB
 */
export function normaliseDatasources(
  sources: readonly Source[],
  changes: Changes,
  wanted: Provider | undefined,
): string {
  const found = sources.flatMap((source) =>
    source.blocks
      .filter((block) => block.kind === 'datasource')
      .map((block) => ({ source, block })),
  )
  refuseWithoutModels(sources)
  if (found.length === 0) {
    if (wanted === undefined)
      throw new UserError(
        `${namesOf(sources)} has no datasource block: which database is it for?`,
        [
          'Add to it: datasource db { provider = "sqlite" }, on three lines; or "postgresql", or "mysql".',
        ],
      )
    addDatasource(sources[0]!, changes, wanted)
    return wanted
  }
  for (const { source, block } of found) dropConnections(source, block, changes)
  const { source, block } = found[0]!
  return normaliseProvider(source, block, changes, wanted)
}

function refuseWithoutModels(sources: readonly Source[]): void {
  const all = sources.flatMap(({ blocks }) =>
    blocks.filter(({ kind }) => kind === 'model' || kind === 'view'),
  )
  if (all.some((block) => !isIgnored(block))) return
  throw new UserError(
    all.length === 0
      ? `${namesOf(sources)} has no model, so there is nothing to make an app from.`
      : `Every model of ${namesOf(sources)} is @@ignore, so there is nothing to make an app from.`,
    [
      all.length === 0
        ? 'Add a model, such as one named Post with: id Int @id @default(autoincrement()).'
        : 'Take @@ignore off a model that has a key.',
    ],
  )
}

/** Whether relations are kept whole by the Prisma client instead of the database. */
export const emulatesRelations = (sources: readonly Source[]): boolean =>
  sources.some((source) =>
    source.blocks.some(
      (block) =>
        block.kind === 'datasource' && stringOf(source, block, 'relationMode') === 'prisma',
    ),
  )

export const isIgnored = (block: Block): boolean =>
  block.members.some(({ kind, name }) => kind === 'attribute' && name === 'ignore')

const namesOf = (sources: readonly Source[]): string =>
  sources.length === 1 ? sources[0]!.shown : `The schema (${sources.length} files)`

function addDatasource(source: Source, changes: Changes, provider: Provider): void {
  const lines = ['datasource db {', `  provider = "${provider}"`, '}', '', '']
  const start = source.content.startsWith('\uFEFF') ? 1 : 0
  changes.edit(source, { start, end: start, text: lines.join(source.eol) })
  changes.note(source, 0, `Added a datasource for ${provider}, as the schema had none.`)
}

function dropConnections(source: Source, block: Block, changes: Changes): void {
  for (const { name, member } of propertiesOf(source, block)) {
    if (!DROPPED.has(name)) continue
    changes.edit(source, removal(source.content, member.offset, lineEnd(source, member.end)))
    changes.note(
      source,
      member.offset,
      name === 'default'
        ? 'Took out the datasource property default, which Prisma 7 no longer knows.'
        : `Took out the datasource property ${name}, which Prisma 7 refuses: the app reads DATABASE_URL.`,
    )
  }
}

/** A trailing comment goes with its line. */
function lineEnd(source: Source, offset: number): number {
  const newline = source.content.indexOf('\n', offset)
  const end = newline === -1 ? source.content.length : newline
  return source.content[end - 1] === '\r' ? end - 1 : end
}

function normaliseProvider(
  source: Source,
  block: Block,
  changes: Changes,
  wanted: Provider | undefined,
): string {
  const property = propertiesOf(source, block).find(({ name }) => name === 'provider')
  const [first] = property === undefined ? [] : stringsOf(property)
  if (property === undefined || first === undefined) return ''
  if (first.value === 'mongodb') refuseMongo(source, property)
  const change = (to: string, why: string): string => {
    const start = property.valueOffset
    changes.edit(source, { start, end: start + property.value.length, text: `"${to}"` })
    changes.note(source, start, why)
    return to
  }
  if (wanted !== undefined && toProvider(first.value) !== wanted)
    return change(wanted, `The provider is ${wanted}, as asked, in place of ${first.value}.`)
  if (property.value.startsWith('['))
    return change(first.value, `Of the list of providers the first is used: ${first.value}.`)
  return first.value
}

function refuseMongo(source: Source, property: Property): never {
  throw problemError(
    'This schema cannot be used.',
    [
      {
        at: source.at(property.valueOffset),
        message: 'The provider is mongodb, and Prisma 7 has no driver adapter for MongoDB.',
      },
    ],
    ['Use sqlite, postgresql or mysql.'],
  )
}
