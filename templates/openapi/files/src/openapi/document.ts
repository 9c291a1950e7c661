import { z } from 'zod'
import { modelMeta } from '../http/lookup.js'
import type { OperationKind, Resource, Route } from '../http/route.js'
import type { ModelMeta } from '../schema/meta.js'
import { models } from '../schema/models.js'
import { bodySchema, nestedSchema, rowsSchema, uniqueSchema } from './bodies.js'
import { rowSchema } from './columns.js'
import { used, type Components } from './components.js'
import { bodyExample } from './examples.js'
import { filterSchemas, searchSchema, whereSchema } from './filters.js'
import { arrayOf, ref, strictObject, type JsonSchema } from './json-schema.js'
import { refTo, schemaName, SHARED } from './names.js'
import { bodyExampleOf, operation } from './operations.js'
import { PARAMETERS } from './parameters.js'
import { HEADERS, RESPONSES, SHARED_SCHEMAS } from './responses.js'
import { STATUS_PATHS, STATUS_TAGS } from './status.js'

export interface DocumentInfo {
  readonly title: string
  readonly version: string
  readonly description: string
  readonly contact: { readonly name: string; readonly url?: string; readonly email?: string }
  readonly license: { readonly name: string; readonly identifier?: string; readonly url?: string }
}

type Served = { readonly routes: readonly Route[]; readonly model: ModelMeta }

/**
 * The OpenAPI 3.1 document of the resources: made from the very routes and validators that serve them.
 * Models that no resource serves are described too where a relation leads to them.
 */
export function openApiDocument(info: DocumentInfo, resources: readonly Resource[]): JsonSchema {
  const byModel = new Map(resources.map(({ model, routes }) => [model, routes]))
  const served = Object.values(models).flatMap((model) => {
    const routes = byModel.get(model.name)
    return routes ? [{ model, routes }] : []
  })
  const paths: JsonSchema = Object.assign({ ...STATUS_PATHS }, ...served.map(pathsOf))
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/', description: 'The server that serves this document.' }],
    security: [],
    tags: [
      ...served.map(({ model: { name, description = `Rows of ${name}.` } }) => ({
        name,
        description,
      })),
      ...STATUS_TAGS,
    ],
    paths,
    components: used(paths, componentsOf(served)),
  }
}

function pathsOf({ model, routes }: Served): Record<string, JsonSchema> {
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of routes) {
    const path = `/api/${model.path}${route.path === '/' ? '' : route.path}`.replace(
      /:(\w+)/g,
      '{$1}',
    )
    const body = rowOf(route)
    const row = body instanceof z.ZodObject ? bodyExample(model, body) : undefined
    const example = bodyExampleOf(model, route.kind, row)
    ;(paths[path] ??= {})[route.method.toLowerCase()] = operation(model, route, example)
  }
  return paths
}

function componentsOf(served: readonly Served[]): Components {
  const routes = new Map(served.map((item) => [item.model.name, item.routes]))
  const reachable = reach(served.map(({ model }) => model))
  return {
    schemas: Object.assign(
      { ...SHARED_SCHEMAS },
      ...reachable.map((model) => modelSchemas(model, routes.get(model.name) ?? [])),
      filterSchemas(reachable),
    ),
    responses: RESPONSES,
    parameters: PARAMETERS,
    headers: HEADERS,
  }
}

/** The models and all that their relations lead to. */
function reach(start: readonly ModelMeta[]): ModelMeta[] {
  const found = new Map(start.map((model) => [model.name, model]))
  for (const model of found.values())
    for (const field of Object.values(model.fields))
      if (field.type === 'Relation' && !found.has(field.model))
        found.set(field.model, modelMeta(field.model))
  return [...found.values()]
}

function modelSchemas(model: ModelMeta, routes: readonly Route[]): Record<string, JsonSchema> {
  const { name } = model
  const schema = (kind: OperationKind, make: typeof bodySchema): JsonSchema | undefined => {
    const route = routes.find((candidate) => candidate.kind === kind)
    const body = route && rowOf(route)
    return body && make(model, body)
  }
  const parts: (readonly [Parameters<typeof schemaName>[1], JsonSchema | undefined])[] = [
    ['', rowSchema(model)],
    ['Result', strictObject({ data: refTo(name) }, ['data'])],
    [
      'Page',
      strictObject({ data: arrayOf(refTo(name)), meta: ref(SHARED.pageMeta) }, ['data', 'meta']),
    ],
    ['Where', whereSchema(model)],
    ['Unique', uniqueSchema(model)],
    ['Search', searchSchema(model)],
    ['Create', schema('create', bodySchema) ?? (model.creatable ? nestedSchema(model) : undefined)],
    ['CreateMany', schema('createMany', rowsSchema)],
    ['Update', schema('update', bodySchema)],
    ['Replace', schema('replace', bodySchema)],
    ['UpdateMany', schema('updateMany', bodySchema)],
  ]
  return Object.fromEntries(
    parts.flatMap(([part, value]) => (value ? [[schemaName(name, part), value]] : [])),
  )
}

/** The validator of a row: in a bulk write that of its `data`, or of one row where that is a list. */
function rowOf({ kind, body }: Route): z.ZodType | undefined {
  if (!(body instanceof z.ZodType)) return undefined
  if (!kind.endsWith('Many')) return body
  if (!(body instanceof z.ZodObject)) return undefined
  const data = (body.shape as Record<string, z.ZodType>)['data']
  return data instanceof z.ZodArray ? (data.element as z.ZodType) : data
}
