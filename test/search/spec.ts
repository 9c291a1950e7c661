import type { Row } from '../policies/scene.js'

/** A schema as plain data: what is searched, and what a failure is shrunk in. */
export type Spec = {
  readonly models: readonly ModelSpec[]
  readonly relations: readonly RelationSpec[]
}

export type ColumnSpec = {
  readonly name: string
  readonly type: 'Int' | 'String' | 'Boolean' | 'Kind'
  readonly nullable?: boolean
  readonly default?: string | number | boolean
  readonly hidden?: boolean
}

export type ModelSpec = {
  readonly name: string
  /** The columns that are no foreign keys. */
  readonly columns: readonly ColumnSpec[]
  /** Names of columns, foreign keys among them. */
  readonly key: readonly string[]
  readonly open: boolean
  readonly policies: readonly PolicySpec[]
  /** Numbers by which the fields are put in order. */
  readonly order: number
}

export type RelationSpec = {
  readonly name: string
  readonly kind: 'one-to-one' | 'one-to-many' | 'many-to-many'
  /** Holds the foreign key; of a many-to-many relation either end. */
  readonly from: string
  readonly to: string
  readonly field: string
  readonly inverse: string
  /** One per column of the key of `to`; none for many-to-many. */
  readonly keys: readonly ColumnSpec[]
  readonly onDelete?: 'Cascade' | 'SetNull' | 'Restrict'
}

export type PolicySpec = {
  readonly operations: readonly string[]
  readonly rule: Rule
  readonly owner?: string
  readonly fields?: readonly string[]
}

export type Rule =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Rule[] }
  | { readonly kind: 'not'; readonly part: Rule }
  | { readonly kind: 'atom'; readonly text: string }
  | { readonly kind: 'some' | 'every' | 'none'; readonly path: string; readonly where: Rule }

/** All rows by model; a many-to-many relation under `~` and its name, as pairs of ids: `from`, `to`. */
export type Rows = Readonly<Record<string, readonly Row[]>>

export const linksOf = (relation: string): string => `~${relation}`

export const KINDS = ['red', 'green', 'blue'] as const

/** The rule as it stands in a schema. */
function ruleText(rule: Rule, inside = false): string {
  switch (rule.kind) {
    case 'atom':
      return rule.text
    case 'not':
      return `!(${ruleText(rule.part)})`
    case 'and':
    case 'or': {
      if (rule.parts.length === 1) return ruleText(rule.parts[0]!, inside)
      const text = rule.parts
        .map((part) => ruleText(part, true))
        .join(rule.kind === 'and' ? ' && ' : ' || ')
      return inside ? `(${text})` : text
    }
    default:
      return `${rule.kind}(${rule.path}, ${ruleText(rule.where)})`
  }
}

/** The models and enums in Prisma's language. */
export function schemaText(spec: Spec): string {
  const models = spec.models.map((model) => modelText(spec, model))
  return `${models.join('\n\n')}\n\nenum Kind {\n  ${KINDS.join('\n  ')}\n}\n`
}

function modelText(spec: Spec, model: ModelSpec): string {
  const lines = [
    ...model.columns.map((column) => columnLine(column, model)),
    ...spec.relations.flatMap((relation) => relationLines(relation, model)),
  ]
  const ordered = lines
    .map((line, index) => ({ line, rank: Math.imul(index + 1, model.order) >>> 0 }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ line }) => `  ${line}`)
  const key = model.key.length > 1 ? [`  @@id([${model.key.join(', ')}])`] : []
  const comments = [
    ...(model.open ? ['/// @@auth(public)'] : []),
    ...model.policies.map(policyLine),
  ]
  return [...comments, `model ${model.name} {`, ...ordered, ...key, '}'].join('\n')
}

function policyLine({ operations, rule, owner, fields }: PolicySpec): string {
  const more = [
    ...(owner === undefined ? [] : [`, owner: "${owner}"`]),
    ...(fields === undefined ? [] : [`, fields: [${fields.join(', ')}]`]),
  ]
  return `/// @@policy(${operations.join(', ')}, rule: "${ruleText(rule)}"${more.join('')})`
}

function columnLine(column: ColumnSpec, { key }: ModelSpec, unique = false): string {
  const id = key.length === 1 && key[0] === column.name ? ' @id' : unique ? ' @unique' : ''
  const { type } = column
  const text = type === 'String' ? JSON.stringify(column.default) : String(column.default)
  const preset = column.default === undefined ? '' : ` @default(${text})`
  const hidden = column.hidden ? '/// @hidden\n  ' : ''
  return `${hidden}${column.name} ${type}${column.nullable ? '?' : ''}${id}${preset}`
}

function relationLines(relation: RelationSpec, model: ModelSpec): string[] {
  const { kind, from, to, field, inverse, name, keys, onDelete } = relation
  const lines: string[] = []
  const many = kind === 'many-to-many'
  if (from === model.name) {
    const single = keys.length === 1 && kind === 'one-to-one'
    lines.push(...keys.map((key) => columnLine(key, model, single)))
    if (kind === 'one-to-one' && keys.length > 1)
      lines.push(`@@unique([${keys.map((key) => key.name).join(', ')}])`)
    const optional = keys.some(({ nullable }) => nullable) ? '?' : ''
    const columns = keys.map((key) => key.name).join(', ')
    const action = onDelete === undefined ? '' : `, onDelete: ${onDelete}`
    lines.push(
      many
        ? `${field} ${to}[] @relation("${name}")`
        : `${field} ${to}${optional} @relation("${name}", fields: [${columns}], references: [${referencesOf(relation)}]${action})`,
    )
  }
  if (to === model.name)
    lines.push(`${inverse} ${from}${kind === 'one-to-one' ? '?' : '[]'} @relation("${name}")`)
  return lines
}

/** Columns that a foreign key points to: each of its columns is named by its end, `spaceCode` leads to `code`. */
const referencesOf = ({ keys, field }: RelationSpec): string =>
  keys
    .map(({ name }) => name.slice(field.length))
    .map((end) => end.charAt(0).toLowerCase() + end.slice(1))
    .join(', ')
