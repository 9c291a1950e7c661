import type { Model, RelationField, ScalarField } from '../../../schema/model.js'
import type { AppView } from '../../app.js'
import { commentText } from '../../text.js'
import { concerns, OPERATIONS } from '../model.js'
import { blockText, text } from './quote.js'
import { SqlRules, type RowFunction } from './rules.js'
import { columnOf, linkOf, tableOf } from './tables.js'

type TableView = {
  readonly table: string
  /** The rules of the schema, a line each. */
  readonly comments: readonly string[]
  readonly read: string
  readonly create: string
  readonly update: string
  /** Of the row as it is afterwards. */
  readonly updated: string
  readonly delete: string
  /** What is asked at the end of a transaction, when all is written. */
  readonly later: readonly {
    readonly event: string
    readonly name: string
    readonly rule: string
  }[]
}

type LinkView = {
  readonly table: string
  readonly first: string
  readonly firstKey: string
  readonly second: string
  readonly secondKey: string
}

/** What `prisma/rls.sql` is made of: SQL, ready to print. */
export type RowSecurityView = {
  readonly functions: readonly RowFunction[]
  readonly tables: readonly TableView[]
  /** Tables of many-to-many relations. */
  readonly links: readonly LinkView[]
  /** Views, as texts. */
  readonly views: readonly string[]
  /** Columns that the database numbers: their tables and they, as texts. */
  readonly numbered: readonly { readonly table: string; readonly column: string }[]
  readonly schemas: readonly string[]
}

/** The policies of an app as row-level security of PostgreSQL. */
export function viewRowSecurity({ schema }: Pick<AppView, 'schema'>): RowSecurityView {
  const models = new Map(schema.models.map((model) => [model.name, model]))
  const rules = new SqlRules(models, new Map(schema.enums.map((type) => [type.name, type])))
  const stored = schema.models.filter(({ kind }) => kind === 'model')
  const tables = stored.map((model) => viewTable(model, rules))
  return {
    functions: rules.functions,
    tables,
    links: stored.flatMap((model) => linksOf(model, models)),
    views: schema.models.filter(({ kind }) => kind === 'view').map((it) => blockText(tableOf(it))),
    numbered: stored.flatMap((model) =>
      model.fields
        .filter((field): field is ScalarField => field.kind === 'scalar' && isNumbered(field))
        .map(({ dbName }) => ({ table: blockText(tableOf(model)), column: blockText(dbName) })),
    ),
    schemas: [...new Set(schema.models.flatMap(({ dbSchema }) => dbSchema ?? []))]
      .sort()
      .map(blockText),
  }
}

const isNumbered = ({ default: value }: ScalarField): boolean =>
  value?.kind === 'function' && value.name === 'autoincrement'

function viewTable(model: Model, rules: SqlRules): TableView {
  const read = rules.conditionOf(model, 'read')
  const later = (['create', 'update'] as const).filter((it) => rules.asksRow(model, it))
  const now = (operation: 'create' | 'update'): string =>
    later.includes(operation) ? 'true' : rules.conditionOf(model, operation)
  const changing = (operation: 'update' | 'delete'): string =>
    `(${read}) AND (${rules.conditionOf(model, operation)})`
  const rowRules = model.annotations.policies.filter(({ fields }) => fields.length === 0)
  return {
    table: tableOf(model),
    comments: rowRules.map((policy) => {
      const operations = OPERATIONS.filter((operation) => concerns(policy, operation))
      return `${operations.join(', ')}: ${commentText(policy.rule)}`
    }),
    read,
    create: now('create'),
    update: changing('update'),
    updated: now('update'),
    delete: changing('delete'),
    later: later.map((operation) => ({
      event: operation === 'create' ? 'INSERT' : 'UPDATE',
      name: `ssot_${operation}`,
      rule: text(rules.functionOf(model, operation)),
    })),
  }
}

/** Each many-to-many relation once. */
function linksOf(model: Model, models: ReadonlyMap<string, Model>): LinkView[] {
  return model.fields
    .filter(
      (field): field is RelationField =>
        field.kind === 'relation' && field.cardinality === 'many-to-many',
    )
    .flatMap((field) => {
      const { table, near } = linkOf(model, field, models)
      if (near !== '"A"') return []
      const other = models.get(field.type)!
      const [first, second] = [tableOf(model), tableOf(other)]
      return [{ table, first, firstKey: keyOf(model), second, secondKey: keyOf(other) }]
    })
}

/** The one column that a many-to-many relation refers to. */
const keyOf = (model: Model): string =>
  columnOf({ model, sql: tableOf(model) }, model.primaryKey[0]!)
