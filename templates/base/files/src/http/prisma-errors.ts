import { Prisma } from '../generated/prisma/client.js'
import { models } from '../schema/models.js'
import { problemOfDatabase, unavailable } from './database-errors.js'
import { isRelation, isVisible } from './lookup.js'
import { Problem, type FieldError } from './problem.js'

/** What the driver adapter says of a violated constraint: columns, or the name of the index. */
interface Constraint {
  readonly fields?: readonly string[]
  readonly index?: string
  readonly foreignKey?: object
}

const INVALID_VALUE = 'A value is not accepted by the database.'

/** Turns an error of Prisma into an answer; undefined for what is our own fault. */
export function problemOfPrisma(error: unknown): Problem | undefined {
  if (error instanceof Prisma.PrismaClientInitializationError) return unavailable()
  if (error instanceof Error && CONNECTION_LOST.test(error.message)) return unavailable()
  const refusal = problemOfDatabase(error)
  if (refusal) return refusal
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined
  switch (error.code) {
    case 'P2002':
      return new Problem(409, 'unique_conflict', {
        detail: 'A row with this value is already there.',
        errors: fieldsOf(error, 'Already taken.'),
      })
    case 'P2003':
      return new Problem(409, 'foreign_key_conflict', {
        detail: 'A related row is missing, or this row is still referred to.',
        errors: fieldsOf(error, 'Refers to a row that is not there, or is referred to.'),
      })
    case 'P2014':
    case 'P2017':
      return new Problem(409, 'relation_conflict', {
        detail: 'The change would break a required relation.',
      })
    case 'P2015':
    case 'P2018':
      return relatedNotFound()
    case 'P2025':
      return isNested(error) ? relatedNotFound() : new Problem(404, 'not_found')
    case 'P2011':
      return badValue('A required value is missing.', error)
    case 'P2000':
      return badValue('A value is too long for its column.', error)
    case 'P2020':
      return badValue('A value is out of range for its column.', error)
    case 'P2005':
    case 'P2006':
    case 'P2007':
    case 'P2012':
    case 'P2013':
    case 'P2019':
    case 'P2023':
      return badValue(INVALID_VALUE, error)
    case 'P2039':
      return isDataException(error) ? badValue(INVALID_VALUE, error) : undefined
    case 'P1000':
    case 'P1001':
    case 'P1002':
    case 'P1003':
    case 'P1008':
    case 'P1010':
    case 'P1017':
    case 'P2024':
    case 'P2028':
    case 'P2037':
      return unavailable()
    default:
      return undefined
  }
}

/** What the PostgreSQL driver says, without a code, when the server goes away. */
const CONNECTION_LOST = /(?:^|\n)(?:Connection terminated.*|.* is not queryable)$/

const badValue = (detail: string, error: Prisma.PrismaClientKnownRequestError): Problem =>
  new Problem(400, 'invalid_value', { detail, errors: fieldsOf(error, detail) })

const relatedNotFound = (): Problem =>
  new Problem(409, 'related_not_found', { detail: 'A row to connect or disconnect is not there.' })

interface AdapterError {
  readonly cause?: Readonly<Record<string, unknown>>
}

const causeOf = ({ meta }: Prisma.PrismaClientKnownRequestError): AdapterError['cause'] =>
  (meta?.['driverAdapterError'] as AdapterError | undefined)?.cause

const originalCode = (error: Prisma.PrismaClientKnownRequestError): string =>
  String(causeOf(error)?.['originalCode'])

/** SQLSTATE class 22: a value that only the database could tell to be none, such as XML that is not well formed. */
const isDataException = (error: Prisma.PrismaClientKnownRequestError): boolean =>
  /^22\w{3}$/.test(originalCode(error))

/** P2025 stands for the row itself as well as for one that a nested write names; only its last sentence tells. */
const isNested = ({ message }: Prisma.PrismaClientKnownRequestError): boolean =>
  /required but not found\. (?!No record was found for an? (query|update|upsert|delete)\.)/.test(
    message,
  )

/** Names the fields of a violated constraint; hidden ones stay unnamed. */
function fieldsOf(
  error: Prisma.PrismaClientKnownRequestError,
  message: string,
): FieldError[] | undefined {
  const { meta } = error
  const constraint = causeOf(error)?.['constraint'] as Constraint | undefined
  const model = typeof meta?.['modelName'] === 'string' ? meta['modelName'] : ''
  const index = constraint?.index === undefined ? undefined : unquoted(constraint.index)
  const owner = index === undefined || index === PRIMARY ? model : ownerOf(index)
  const fields =
    constraint?.fields?.map((column) => fieldOfColumn(owner, unquoted(column))) ??
    (index === PRIMARY ? models[owner]?.uniques[0]?.fields : undefined) ??
    models[owner]?.constraints[index ?? ''] ??
    []
  const shown = fields.filter((name) => isShown(owner, name))
  return shown.length === 0 ? undefined : shown.map((path) => ({ path, message }))
}

/** MySQL's name for the primary key of every table; in `uniques` it comes first. */
const PRIMARY = 'PRIMARY'

const unquoted = (name: string): string => name.replaceAll(/["`]/g, '').split('.').at(-1) ?? name

/** Index names are unique in the database: the row in conflict may be one that a nested write creates. */
const ownerOf = (index: string): string =>
  Object.values(models).find(({ constraints }) => Object.hasOwn(constraints, index))?.name ?? ''

function fieldOfColumn(model: string, column: string): string {
  const fields = Object.entries(models[model]?.fields ?? {})
  const found = fields.find(([, field]) => !isRelation(field) && field.column === column)
  return found?.[0] ?? column
}

function isShown(model: string, name: string): boolean {
  const field = models[model]?.fields[name]
  return field !== undefined && isVisible(field)
}
