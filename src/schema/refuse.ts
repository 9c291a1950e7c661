import type { RawDatamodel, RawModel } from './datamodel.js'
import type { Position, Provider } from './model.js'
import { fieldPosition, type Place } from './places.js'
import { problemError, type Problem } from './problems.js'

/** Names that the generated client takes for itself; `as` makes it invalid TypeScript. */
const RESERVED = new Set(['Prisma', 'PrismaClient', 'AND', 'OR', 'NOT', 'as'])

/** Types of the language, as which nothing can be declared. A model may be called so, the client's type of an enum not. */
export const TYPE_KEYWORDS: readonly string[] = [
  ...['any', 'bigint', 'boolean', 'never', 'number', 'object', 'string', 'symbol', 'undefined'],
  'unknown',
]

/** A sign that a database's quoting of names, as Prisma does it, breaks on. */
const BREAKS: Readonly<Record<Provider, RegExp>> = {
  sqlite: /["`]/,
  postgresql: /"/,
  cockroachdb: /"/,
  mysql: /`/,
  sqlserver: /[[\]]/,
}

/**
 * Refuses what Prisma's parser takes and its client or DDL then can't work with.
 * @throws UserError that lists all of it
 */
export function refuseUnusable(
  datamodel: RawDatamodel,
  places: ReadonlyMap<string, Place>,
  provider: Provider,
): void {
  const at = (name: string): Position => places.get(name)!.at
  const twinModels = caseTwins(datamodel, at)
  const problems = [
    ...reservedNames(datamodel, at),
    ...(twinModels.length > 0 ? twinModels : tableTwins(datamodel, at, provider)),
    ...datamodel.models.flatMap((model) => [
      ...badNames(model, places.get(model.name)!, provider),
      ...columnTwins(model, places.get(model.name)!, provider),
    ]),
    ...badIndexes(datamodel, at, provider),
    ...badEnums(datamodel, at, provider),
  ]
  if (problems.length > 0)
    throw problemError('Prisma accepts this schema, but no app can work with it.', problems, [
      'Rename what is named above. With @map or @@map the database can keep a name that is only reserved in code.',
    ])
}

function reservedNames({ models, enums }: RawDatamodel, at: (name: string) => Position): Problem[] {
  const taken = [...models, ...enums]
    .filter(({ name }) => RESERVED.has(name))
    .map(({ name }) => ({
      at: at(name),
      message: `${name} is a name that Prisma's generated client needs for itself.`,
    }))
  const types = enums
    .filter(({ name }) => TYPE_KEYWORDS.includes(name))
    .map(({ name }) => ({
      at: at(name),
      message: `The enum ${name} becomes a type of this name in Prisma's client, and TypeScript has one.`,
    }))
  return [...taken, ...types]
}

function caseTwins({ models }: RawDatamodel, at: (name: string) => Position): Problem[] {
  const delegates = new Map<string, string>()
  return models.flatMap(({ name }) => {
    const delegate = name[0]!.toLowerCase() + name.slice(1)
    const twin = delegates.get(delegate)
    delegates.set(delegate, name)
    if (twin === undefined) return []
    return [
      {
        at: at(name),
        message: `${twin} and ${name} are both prisma.${delegate}: names of models must differ by more than the case of the first letter.`,
      },
    ]
  })
}

/** Databases in which two columns can't differ by case alone, and those in which two tables can't. */
const CASELESS_COLUMNS = new Set<Provider>(['sqlite', 'mysql', 'sqlserver'])
const CASELESS_TABLES = new Set<Provider>(['sqlite', 'sqlserver'])

function tableTwins(
  { models }: RawDatamodel,
  at: (name: string) => Position,
  provider: Provider,
): Problem[] {
  if (!CASELESS_TABLES.has(provider)) return []
  const tables = models.map(({ name, dbName, schema }) => ({
    name: dbName ?? name,
    key: `${schema ?? ''} ${(dbName ?? name).toLowerCase()}`,
    at: at(name),
  }))
  return twins(tables, (one, other) => `The tables ${one} and ${other}`, provider)
}

function columnTwins(model: RawModel, place: Place, provider: Provider): Problem[] {
  if (!CASELESS_COLUMNS.has(provider)) return []
  const columns = model.fields
    .filter(({ kind }) => kind !== 'object')
    .map(({ name, dbName }) => ({
      name: dbName ?? name,
      key: (dbName ?? name).toLowerCase(),
      at: fieldPosition(place, name),
    }))
  const what = (one: string, other: string): string =>
    `The columns ${one} and ${other} of ${model.name}`
  return twins(columns, what, provider)
}

function twins(
  names: readonly { readonly name: string; readonly key: string; readonly at: Position }[],
  what: (one: string, other: string) => string,
  provider: Provider,
): Problem[] {
  const first = new Map<string, string>()
  return names.flatMap(({ name, key, at }) => {
    const twin = first.get(key)
    if (twin === undefined) {
      first.set(key, name)
      return []
    }
    const message = `${what(twin, name)} have one name for ${provider}, which ignores case. Give one of them another name with @map or @@map.`
    return [{ at, message }]
  })
}

function badNames(model: RawModel, place: Place, provider: Provider): Problem[] {
  const table = badName(`The table ${model.dbName ?? model.name}`, model.dbName, provider, place.at)
  const columns = model.fields.flatMap(({ name, dbName }) => {
    const at = fieldPosition(place, name)
    if (dbName === '__proto__')
      return [
        { at, message: `A column named __proto__ can't be read: a row is a JavaScript object.` },
      ]
    return badName(`The column ${dbName} of ${model.name}`, dbName, provider, at)
  })
  return [...table, ...columns]
}

function badName(
  what: string,
  name: string | null | undefined,
  provider: Provider,
  at: Position,
): Problem[] {
  const [sign] = BREAKS[provider].exec(name ?? '') ?? []
  if (sign === undefined) return []
  return [
    {
      at,
      message: `${what} has a ${sign} in its name, which Prisma does not escape for ${provider}.`,
    },
  ]
}

function badIndexes(
  { indexes }: RawDatamodel,
  at: (name: string) => Position,
  provider: Provider,
): Problem[] {
  return indexes.flatMap(({ dbName, model }) =>
    badName(`The index ${dbName} of ${model}`, dbName, provider, at(model)),
  )
}

function badEnums(
  { enums }: RawDatamodel,
  at: (name: string) => Position,
  provider: Provider,
): Problem[] {
  if (provider !== 'postgresql' && provider !== 'cockroachdb') return []
  return enums.flatMap(({ name, dbName, values }) => [
    ...badName(`The enum ${dbName}`, dbName, provider, at(name)),
    ...values
      .filter((value) => value.dbName?.includes("'"))
      .map((value) => ({
        at: at(name),
        message: `The value ${value.dbName} of ${name} has a ' in it, which Prisma does not escape for ${provider}.`,
      })),
  ])
}
