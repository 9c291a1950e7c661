import type {
  EnumField,
  Model,
  Provider,
  RelationField,
  ScalarField,
  UniqueKey,
} from '../schema/model.js'
import { stuckColumns } from '../schema/given.js'
import { isVisible, viewField, viewRelation, type FieldView, type RelationView } from './field.js'
import type { ModelNames } from './names.js'
import { commentText, literal, memberLiteral, propertyKey, stringLiteral } from './text.js'

/** What the API serves for a model; a view or a model with columns the client can't fill serves less. */
type Operations = {
  readonly get: boolean
  readonly create: boolean
  readonly createMany: boolean
  readonly update: boolean
  readonly delete: boolean
}

/** A model as templates print it: complete, plain data. */
export type ModelView = ModelNames & {
  readonly name: string
  readonly comment: string | null
  readonly operations: Operations
  /** True where anything can be written. */
  readonly writable: boolean
  /** Path pattern of one row: `/:id`, `/:orderId/:productId`; null without a key. */
  readonly idPattern: string | null
  readonly fields: readonly FieldView[]
  /** Columns that an answer holds. */
  readonly visible: readonly FieldView[]
  /** Columns accepted in the body of a create, and of an update. */
  readonly creatable: readonly FieldView[]
  readonly updatable: readonly FieldView[]
  /** Required foreign key columns: optional in a create body, where the relation may be given instead. */
  readonly softForeignKeys: readonly FieldView[]
  /** Columns accepted at creation only. */
  readonly immutable: readonly FieldView[]
  readonly relations: readonly RelationView[]
  /** Relations that an answer may hold. */
  readonly visibleRelations: readonly RelationView[]
  readonly writableRelations: readonly RelationView[]
  /** Members of Prisma's arguments that shape an answer: `'select' | 'include'`, without relations `'select'`. */
  readonly selectionKeys: string
  /** Type of the arguments of a list. Prisma wants an order where no unique gives one. */
  readonly listArgs: string
  /** Other models whose DTO this model's DTO names, each once. */
  readonly dtoImports: readonly { readonly type: string; readonly file: string }[]
  /** Columns that are not to be seen, as a literal for Prisma's global `omit`: `{ passwordHash: true }`; null where there are none. */
  readonly omit: string | null
  /** Literals of the model's entry in `schema/models.ts`. */
  readonly meta: {
    readonly writable: boolean
    readonly key: string
    readonly uniques: string
    readonly constraints: readonly { readonly name: string; readonly fields: string }[]
    readonly description: string | null
    /** ` as const` where the compiler would widen the entry. */
    readonly narrow: string
  }
  readonly uses: {
    readonly enumsInMeta: boolean
    readonly enumsInDto: boolean
    readonly enumsInValidator: boolean
    readonly scalars: boolean
    readonly relations: boolean
  }
}

/**
 * How the API addresses a row: the model's key, or where part of that is hidden (a session's token, say) the first
 * unique whose columns are all required and shown.
 */
function publicKeyOf(model: Model): UniqueKey | null {
  const shown = ({ fields }: UniqueKey): boolean =>
    model.fields.every(
      (field) => !fields.includes(field.name) || (isVisible(field) && field.required),
    )
  const candidates = model.key ? [model.key, ...model.uniques] : []
  return candidates.find(shown) ?? null
}

/** Which operations a model's kind, key and unseen columns allow. */
function operationsOf(model: Model): Operations {
  const writable = model.kind === 'model'
  const blocked =
    model.unseen.some((field) => field.blocksCreate) || stuckColumns(model.fields).length > 0
  const create = writable && !blocked
  const keyed = publicKeyOf(model) !== null
  return {
    get: keyed,
    create,
    createMany: create,
    update: writable && keyed,
    delete: writable && keyed,
  }
}

/**
 * What templates need of a model.
 * @param names the emitted names of every model, by model name
 * @param models every model, by name
 * @param provider the database, whose types have limits
 */
export function viewModel(
  model: Model,
  names: ReadonlyMap<string, ModelNames>,
  models: ReadonlyMap<string, Model>,
  provider: Provider,
): ModelView {
  const own = namesOf(model.name, names)
  const operations = operationsOf(model)
  const key = publicKeyOf(model)
  const columns = model.fields.filter((f): f is ScalarField | EnumField => f.kind !== 'relation')
  const fields = columns.map((field) => viewField(field, model, provider))
  const relations = model.fields
    .filter((f): f is RelationField => f.kind === 'relation')
    .map((field) => relationView(field, names, models))
  const creatable = fields.filter((f) => f.creatable)
  const updatable = fields.filter((f) => f.updatable)
  const visible = fields.filter((f) => f.visible)
  const visibleRelations = relations.filter((r) => r.visible)
  const writableRelations = relations.filter((r) => r.writable)
  const byRelation = new Set(
    relations.flatMap(({ writable, columns }) => (writable ? columns : [])),
  )
  const hidden = fields.filter((f) => !f.visible)
  return {
    ...own,
    name: model.name,
    comment: model.documentation === null ? null : commentText(model.documentation),
    operations,
    writable: operations.create || operations.update || operations.delete,
    idPattern: key ? key.fields.map((field) => `/:${field}`).join('') : null,
    fields,
    visible,
    creatable,
    updatable,
    softForeignKeys: creatable.filter((f) => f.required && byRelation.has(f.name)),
    immutable: creatable.filter((f) => !f.updatable),
    relations,
    visibleRelations,
    writableRelations,
    selectionKeys: columns.length < model.fields.length ? `'select' | 'include'` : `'select'`,
    listArgs: `Prisma.${model.name}FindManyArgs${model.uniques.length === 0 ? ' & { orderBy: object }' : ''}`,
    dtoImports: dtoImports(visibleRelations, own),
    omit: hidden.length === 0 ? null : omitLiteral(hidden),
    meta: metaOf(model, key),
    uses: {
      enumsInMeta: fields.some((f) => f.meta.includes('enums.')),
      enumsInDto: visible.some((f) => f.dtoType.includes('EnumValue<')),
      enumsInValidator: creatable.some((f) => f.zodCreate.includes('enums.')),
      scalars: creatable.some((f) => f.zodCreate.includes('scalars.')),
      relations: writableRelations.length > 0,
    },
  }
}

function relationView(
  field: RelationField,
  names: ReadonlyMap<string, ModelNames>,
  models: ReadonlyMap<string, Model>,
): RelationView {
  const target = models.get(field.type)
  if (!target)
    throw new Error(`Relation '${field.name}' points to '${field.type}', which is no model.`)
  return viewRelation(
    field,
    { ...namesOf(field.type, names), name: field.type },
    target.kind === 'model',
  )
}

function namesOf(name: string, names: ReadonlyMap<string, ModelNames>): ModelNames {
  const found = names.get(name)
  if (!found) throw new Error(`Model '${name}' was not named.`)
  return found
}

function dtoImports(
  relations: readonly RelationView[],
  own: ModelNames,
): { type: string; file: string }[] {
  const byType = new Map(relations.map(({ target }) => [target.type, target.file]))
  byType.delete(own.type)
  return [...byType]
    .map(([type, file]) => ({ type, file }))
    .sort((a, b) => (a.file < b.file ? -1 : 1))
}

const omitLiteral = (hidden: readonly FieldView[]): string =>
  `{ ${hidden.map((field) => `${propertyKey(field.name)}: true`).join(', ')} }`

function metaOf(model: Model, key: UniqueKey | null): ModelView['meta'] {
  return {
    writable: model.kind === 'model',
    key: literal(key),
    uniques: literal(model.uniques),
    constraints: model.indexes
      .filter((index) => index.unique)
      .map((index) => ({ name: propertyKey(index.dbName), fields: literal(index.fields) })),
    description: model.documentation === null ? null : stringLiteral(model.documentation.trim()),
    narrow: memberLiteral(model.name, ''),
  }
}
