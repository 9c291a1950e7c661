import type { RawDatamodel, RawModel } from './datamodel.js'
import type { Position, Provider } from './model.js'
import { fieldPosition, type Place } from './places.js'
import { problemError, type Problem } from './problems.js'

/** Names that the generated client takes for itself; `as` makes it invalid TypeScript. */
const RESERVED = new Set(['Prisma', 'PrismaClient', 'AND', 'OR', 'NOT', 'as'])

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
  const problems = [
    ...reservedNames(datamodel, at),
    ...caseTwins(datamodel, at),
    ...datamodel.models.flatMap((model) => badNames(model, places.get(model.name)!, provider)),
    ...badIndexes(datamodel, at, provider),
    ...badEnums(datamodel, at, provider),
  ]
  if (problems.length > 0)
    throw problemError('Prisma accepts this schema, but no app can work with it.', problems, [
      'Rename what is named above. With @map or @@map the database can keep a name that is only reserved in code.',
    ])
}

function reservedNames({ models, enums }: RawDatamodel, at: (name: string) => Position): Problem[] {
  return [...models, ...enums]
    .filter(({ name }) => RESERVED.has(name))
    .map(({ name }) => ({
      at: at(name),
      message: `${name} is a name that Prisma's generated client needs for itself.`,
    }))
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
