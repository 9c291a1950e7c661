import { limitsOf } from '../limits.js'
import { literal, propertyKey, stringLiteral } from '../text.js'
import type { EnumField, Model, Provider, RelationField, ScalarField } from '../../schema/model.js'
import type { Uses } from './code.js'

/** A column that a rule names, with the relations on the way to it. */
export type Column = {
  readonly steps: readonly RelationField[]
  readonly field: ScalarField | EnumField
  /** The model that has the column. */
  readonly model: Model
  /** False where the column or a row on the way to it may be missing. */
  readonly always: boolean
}

/** The column at the end of a path of to-one relations; the schema was checked to have it. */
export function columnAt(
  path: readonly string[],
  from: Model,
  models: ReadonlyMap<string, Model>,
): Column {
  const { steps, model } = follow(path.slice(0, -1), from, models)
  const field = model.fields.find(({ name }) => name === path.at(-1))
  if (field === undefined || field.kind === 'relation')
    throw new Error(`${path.join('.')} of ${from.name} is no column.`)
  return { steps, field, model, always: field.required && steps.every(({ required }) => required) }
}

/** The relations of a path, and the model they lead to. */
export function follow(
  path: readonly string[],
  from: Model,
  models: ReadonlyMap<string, Model>,
): { readonly steps: readonly RelationField[]; readonly model: Model } {
  const steps: RelationField[] = []
  let model = from
  for (const name of path) {
    const field = model.fields.find((it) => it.name === name)
    if (field?.kind !== 'relation')
      throw new Error(`${path.join('.')} of ${from.name} is no relation.`)
    steps.push(field)
    model = models.get(field.type)!
  }
  return { steps, model }
}

/** `{ author: { is: inner } }` for every step of a path. */
export const through = (steps: readonly RelationField[], inner: string): string =>
  steps.reduceRight((text, { name }) => `{ ${propertyKey(name)}: { is: ${text} } }`, inner)

/** A filter on the column. */
export const where = ({ steps, field }: Column, condition: string): string =>
  through(steps, `{ ${propertyKey(field.name)}: ${condition} }`)

/** The value of a rule as Prisma takes it for the column. */
export function valueText(
  field: ScalarField | EnumField,
  value: string | number | boolean,
): string {
  if (field.kind === 'enum') return literal(value)
  switch (field.type) {
    case 'BigInt':
      return `${value}n`
    case 'Decimal':
      return stringLiteral(String(value))
    case 'DateTime':
      return `new Date(${literal(value)})`
    default:
      return literal(value)
  }
}

const CASTS: Readonly<Record<string, string>> = {
  String: 'asText',
  Int: 'asInt',
  BigInt: 'asBigInt',
  Float: 'asFloat',
  Decimal: 'asDecimal',
  Boolean: 'asBoolean',
  DateTime: 'asDate',
}

/** The helper that reads a claim as a value of the column. */
export function castOf(field: ScalarField | EnumField, provider: Provider, uses: Uses): string {
  if (field.kind === 'enum') {
    uses.enums = true
    return `${uses.helper('asOneOf')}(enums${memberOf(field.type)})`
  }
  const uuid = field.type === 'String' && limitsOf(field, provider).format === 'uuid'
  return uses.helper(uuid ? 'asUuid' : CASTS[field.type]!)
}

const memberOf = (name: string): string =>
  propertyKey(name) === name ? `.${name}` : `[${stringLiteral(name)}]`

/** `prisma.post.fields.authorId`: the column of the same row, to compare with. */
export function reference({ model, field }: Column, uses: Uses): string {
  uses.client = true
  const delegate = model.name.charAt(0).toLowerCase() + model.name.slice(1)
  return `prisma${memberOf(delegate)}.fields${memberOf(field.name)}`
}
