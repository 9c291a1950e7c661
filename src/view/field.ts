import type {
  EnumField,
  Field,
  Model,
  Provider,
  RelationField,
  ScalarField,
  ScalarType,
} from '../schema/model.js'
import { isGiven, isServerSet } from '../schema/given.js'
import { limitsOf, type Limits } from './limits.js'
import type { ModelNames } from './names.js'
import { labelOf } from './names.js'
import { commentText, literal, memberLiteral, stringLiteral } from './text.js'

/** A column as templates print it. */
export type FieldView = {
  readonly name: string
  readonly label: string
  /** One line for a block comment; null where the schema says nothing. */
  readonly comment: string | null
  /** TypeScript type of the value in an answer. */
  readonly dtoType: string
  /** Zod expression of the value in the body of a create. */
  readonly zodCreate: string
  /** Zod expression of the value in the body of an update. */
  readonly zodUpdate: string
  /** Literal of its entry in `schema/models.ts`. */
  readonly meta: string
  /** In answers, filters and orders; else hidden, or written and never read. */
  readonly visible: boolean
  /** True where a policy leaves it out of some answers. */
  readonly guarded: boolean
  /** Accepted when a row is created. */
  readonly creatable: boolean
  /** Accepted when a row is changed. */
  readonly updatable: boolean
  /** Must be in the body of a create, either itself or, for a foreign key, by its relation. */
  readonly required: boolean
}

/** A relation as templates print it. */
export type RelationView = {
  readonly name: string
  readonly label: string
  readonly comment: string | null
  readonly list: boolean
  readonly nullable: boolean
  /** The related model. */
  readonly target: ModelNames & { readonly name: string }
  readonly dtoType: string
  readonly meta: string
  readonly visible: boolean
  /** Columns of the foreign key, where this side holds it. */
  readonly columns: readonly string[]
  /** False where the related model can't be written through this relation. */
  readonly writable: boolean
}

const DTO_TYPES: Readonly<Record<ScalarType, string>> = {
  String: 'string',
  Int: 'number',
  BigInt: 'string',
  Float: 'number',
  Decimal: 'string',
  Boolean: 'boolean',
  DateTime: 'string',
  Json: 'unknown',
  Bytes: 'string',
}

/** What templates need of a scalar or enum field. */
export function viewField(
  field: ScalarField | EnumField,
  model: Model,
  provider: Provider,
): FieldView {
  const readonly = isServerSet(field)
  const given = isGiven(field)
  const immutable = !readonly && isPrimaryKeyPart(field, model)
  const optional = field.list || !field.required || field.default !== null || field.updatedAt
  const limits = columnLimits(field, model, provider)
  const zod = zodOf(field, limits)
  return {
    name: field.name,
    label: field.annotations.label ?? labelOf(field.name),
    comment: field.documentation === null ? null : commentText(field.documentation),
    dtoType: dtoTypeOf(field),
    zodCreate: zod + (field.required ? (optional ? '.optional()' : '') : '.nullish()'),
    zodUpdate: zod + (field.required ? '.optional()' : '.nullish()'),
    meta: metaOf(field, limits, {
      readonly,
      immutable,
      optional,
      uncompared: uncompared(field, provider),
    }),
    visible: isVisible(field),
    guarded: isGuarded(field),
    creatable: given,
    updatable: given && !immutable,
    required: given && !optional,
  }
}

/** An empty text would be no segment of a path: a row with such a key had no address. */
function columnLimits(field: ScalarField | EnumField, { key }: Model, provider: Provider): Limits {
  if (field.kind === 'enum') return {}
  const limits = limitsOf(field, provider)
  const isAddress = field.type === 'String' && key?.fields.includes(field.name)
  return isAddress && limits.format === undefined ? { minLength: 1, ...limits } : limits
}

/** What templates need of a relation. */
export function viewRelation(
  field: RelationField,
  target: ModelNames & { name: string },
  targetWritable: boolean,
): RelationView {
  const dto = `${target.type}Dto`
  return {
    name: field.name,
    label: field.annotations.label ?? labelOf(field.name),
    comment: field.documentation === null ? null : commentText(field.documentation),
    list: field.list,
    nullable: !field.list && (!field.required || !field.owning),
    target,
    dtoType: field.list ? `${dto}[]` : !field.required || !field.owning ? `${dto} | null` : dto,
    meta: relationMeta(field),
    visible: isVisible(field),
    columns: field.fields,
    writable: targetWritable && !field.annotations.readonly && !field.annotations.hidden,
  }
}

const isPrimaryKeyPart = (field: Field, model: Model): boolean =>
  model.kind === 'model' && model.primaryKey.includes(field.name)

/** True where only some may read it, or only in some rows. */
const isGuarded = ({ annotations: { policies } }: Field): boolean =>
  policies.some(({ operations }) => operations.some((it) => it === 'read' || it === '*'))

/** False for what never leaves the server, whether it may be written or not. */
export const isVisible = (field: Field): boolean =>
  !field.annotations.hidden && !field.annotations.writeonly

function dtoTypeOf(field: ScalarField | EnumField): string {
  const type =
    field.kind === 'enum' ? `EnumValue<${stringLiteral(field.type)}>` : DTO_TYPES[field.type]
  if (field.list) return type.includes(' ') ? `(${type})[]` : `${type}[]`
  return field.required || type === 'unknown' ? type : `${type} | null`
}

function zodOf(field: ScalarField | EnumField, limits: Limits): string {
  const one = field.kind === 'enum' ? `z.enum(enums.${field.type})` : scalarZod(field.type, limits)
  return field.list ? `z.array(${one})` : one
}

function scalarZod(type: ScalarType, limits: Limits): string {
  switch (type) {
    case 'String':
      return limits.format === 'uuid' ? 'z.guid()' : scalar('text', limits)
    case 'Int':
      return 'z.int32()' + bound('min', limits.min) + bound('max', limits.max)
    case 'Boolean':
      return 'z.boolean()'
    case 'Float':
      return scalar('float', limits)
    case 'BigInt':
      return scalar('bigInt', limits)
    case 'Decimal':
      return scalar('decimal', limits)
    case 'DateTime':
      return scalar('dateTime', limits)
    case 'Json':
      return scalar('json', limits)
    case 'Bytes':
      return scalar('bytes', limits)
  }
}

const scalar = (name: string, limits: Limits): string =>
  `scalars.${name}(${Object.keys(limits).length === 0 ? '' : literal(limits)})`

const bound = (check: 'min' | 'max', value: Limits['min']): string =>
  value === undefined ? '' : `.${check}(${value})`

type Flags = {
  readonly readonly: boolean
  readonly immutable: boolean
  readonly optional: boolean
  readonly uncompared: 'xml' | 'json' | null
}

/** `xml`, and PostgreSQL's `json`, have no operators of comparison; `jsonb` does. */
function uncompared({ nativeType }: ScalarField | EnumField, provider: Provider) {
  if (nativeType?.name === 'Xml') return 'xml'
  return nativeType?.name === 'Json' && provider === 'postgresql' ? 'json' : null
}

/** A default that is the same for every row, and in JavaScript what it is in the database; null for any other. */
function literalDefault({ default: value, type, list, kind }: ScalarField | EnumField) {
  const isPlain = kind === 'enum' || ['String', 'Int', 'Boolean'].includes(type)
  return isPlain && !list && value?.kind === 'literal' ? value.value : null
}

function metaOf(field: ScalarField | EnumField, limits: Limits, flags: Flags): string {
  const parts =
    field.kind === 'enum'
      ? [`type: 'Enum'`, `name: ${stringLiteral(field.type)}`, `values: enums.${field.type}`]
      : [`type: '${field.type}'`]
  if (field.list) parts.push('list: true')
  if ((field.list || !field.required) && field.default !== null) parts.push('hasDefault: true')
  if (!field.required) parts.push('nullable: true')
  if (flags.optional) parts.push('optional: true')
  const given = literalDefault(field)
  if (given !== null) parts.push(`default: ${literal(given)}`)
  parts.push(...sightOf(field))
  if (flags.readonly) parts.push('readonly: true')
  if (flags.immutable) parts.push('immutable: true')
  if (flags.uncompared !== null) parts.push(`uncompared: '${flags.uncompared}'`)
  if (field.dbName !== field.name) parts.push(`column: ${stringLiteral(field.dbName)}`)
  for (const [key, value] of Object.entries(limits)) parts.push(`${key}: ${literal(value)}`)
  if (field.documentation !== null)
    parts.push(`description: ${stringLiteral(field.documentation.trim())}`)
  return entryLiteral(field, parts)
}

function relationMeta(field: RelationField): string {
  const parts = [`type: 'Relation'`, `model: ${stringLiteral(field.type)}`]
  if (field.list) parts.push('list: true')
  else if (!field.required || !field.owning) parts.push('nullable: true')
  if (field.owning)
    parts.push(`fields: ${literal(field.fields)}`, `references: ${literal(field.references)}`)
  parts.push(`inverse: ${stringLiteral(field.inverse)}`)
  parts.push(...sightOf(field))
  if (field.annotations.readonly) parts.push('readonly: true')
  if (field.documentation !== null)
    parts.push(`description: ${stringLiteral(field.documentation.trim())}`)
  return entryLiteral(field, parts)
}

/** What keeps a field from sight. */
function sightOf({ annotations: { hidden, writeonly } }: Field): string[] {
  if (hidden) return ['hidden: true']
  return writeonly ? ['writeonly: true'] : []
}

const entryLiteral = (field: Field, parts: readonly string[]): string =>
  memberLiteral(field.name, `{ ${parts.join(', ')} }`)
