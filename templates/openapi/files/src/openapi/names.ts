import type { CustomRoute, OperationKind } from '../http/route.js'
import type { ModelMeta } from '../schema/meta.js'
import { models } from '../schema/models.js'
import { ref, type JsonSchema } from './json-schema.js'

/** What is made of a model beside its rows. */
type Part =
  | 'Result'
  | 'Page'
  | 'Where'
  | 'Unique'
  | 'Search'
  | 'Create'
  | 'CreateMany'
  | 'Update'
  | 'Replace'
  | 'UpdateMany'

/**
 * Gives every name once. Generated clients tell neither case nor punctuation: of two names that differ in
 * nothing else the later one gets a number.
 */
function nameGiver(): (name: string) => string {
  const taken = new Set<string>()
  const fold = (name: string): string => name.replaceAll(/[^a-z\d]/gi, '').toLowerCase()
  return (name) => {
    let free = name
    for (let n = 2; taken.has(fold(free)); n++) free = `${name}${n}`
    taken.add(fold(free))
    return free
  }
}

const giveSchema = nameGiver()
const given = new Map(Object.keys(models).map((name) => [name, giveSchema(name)]))

/** Name of a schema that every document has. A model of the same name keeps its own. */
export const SHARED = {
  count: giveSchema('Count'),
  pageMeta: giveSchema('PageMeta'),
  problem: giveSchema('Problem'),
  status: giveSchema('Status'),
} as const

/** Name of the schema of a model's rows, or of a part of it. */
export const schemaName = (model: string, part: Part | '' = ''): string =>
  nameFor(`${model}${part === '' ? '' : ' '}${part}`, model + part)

/** Name of the schema of what columns of one kind are filtered by. */
export const filterName = (kind: string): string => nameFor(`filter ${kind}`, `${kind}Filter`)

function nameFor(key: string, wanted: string): string {
  const name = given.get(key) ?? giveSchema(wanted)
  given.set(key, name)
  return name
}

export const refTo = (model: string, part: Part | '' = ''): JsonSchema =>
  ref(schemaName(model, part))

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const VERBS: Readonly<Record<OperationKind, { readonly verb: string; readonly plural?: true }>> = {
  list: { verb: 'list', plural: true },
  search: { verb: 'search', plural: true },
  count: { verb: 'count', plural: true },
  get: { verb: 'get' },
  create: { verb: 'create' },
  update: { verb: 'update' },
  replace: { verb: 'replace' },
  delete: { verb: 'delete' },
  createMany: { verb: 'createMany', plural: true },
  updateMany: { verb: 'updateMany', plural: true },
  deleteMany: { verb: 'deleteMany', plural: true },
}

const giveOperation = nameGiver()
const operations = new Map<string, string>()

/** What clients call the operation: `listPostLabels`, `getPostLabel`. */
export function operationId(kind: OperationKind, { name, path }: ModelMeta): string {
  const { verb, plural } = VERBS[kind]
  const rows = plural ? path.split('-').map(capitalised).join('') : capitalised(name)
  const key = `${kind} ${name}`
  const id = operations.get(key) ?? giveOperation(verb + rows)
  operations.set(key, id)
  return id
}

/** What clients call a route of `*.custom.ts`: `postPostsByIdPublish`. */
export function customOperationId(
  { method, path: route }: CustomRoute,
  { name, path }: ModelMeta,
): string {
  const words = `${path}${route}`.replaceAll(/\/:/g, '/by-').split(/[^A-Za-z\d]+/)
  const key = `${method} ${route} ${name}`
  const id =
    operations.get(key) ?? giveOperation(method.toLowerCase() + words.map(capitalised).join(''))
  operations.set(key, id)
  return id
}
