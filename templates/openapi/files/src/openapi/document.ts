import { z } from 'zod'
import type { OperationKind, Resource, Route } from '../http/route.js'
import type { ModelMeta } from '../schema/meta.js'
import { bodySchema, modelOf, nestedSchemas, uniqueSchema } from './bodies.js'
import { rowSchema } from './columns.js'
import { whereSchema } from './filters.js'
import { arrayOf, ref, strictObject, type JsonSchema } from './json-schema.js'
import { SHARED_SCHEMAS, json, operation, problem } from './operations.js'

export interface DocumentInfo {
  readonly title: string
  readonly version: string
  readonly description: string
}

/**
 * The OpenAPI 3.1 document of the resources: made from the very routes and validators that serve them.
 * Pure; models that no resource serves are described too where a relation leads to them.
 */
export function openApiDocument(info: DocumentInfo, resources: readonly Resource[]): JsonSchema {
  const served = resources.map((resource) => ({ resource, model: modelOf(resource.model) }))
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: '/' }],
    security: [],
    tags: served.map(({ model }) => ({
      name: model.name,
      ...(model.description === undefined ? {} : { description: model.description }),
    })),
    paths: Object.assign(
      { ...STATUS_PATHS },
      ...served.map((item) => pathsOf(item.model, item.resource.routes)),
    ),
    components: { schemas: componentsOf(served) },
  }
}

function pathsOf(model: ModelMeta, routes: readonly Route[]): Record<string, JsonSchema> {
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const route of routes) {
    const path = `/api/${model.path}${route.path === '/' ? '' : route.path}`.replace(
      /:(\w+)/g,
      '{$1}',
    )
    ;(paths[path] ??= {})[route.method.toLowerCase()] = operation(model, route)
  }
  return paths
}

type Served = { readonly resource: Resource; readonly model: ModelMeta }

function componentsOf(served: readonly Served[]): Record<string, JsonSchema> {
  const bodies = new Map(served.map(({ resource }) => [resource.model, resource.routes]))
  const reachable = reach(served.map(({ model }) => model))
  return Object.assign(
    { ...SHARED_SCHEMAS },
    ...reachable.map((model) => modelSchemas(model, bodies.get(model.name) ?? [])),
  )
}

/** The models and all that their relations lead to. */
function reach(start: readonly ModelMeta[]): ModelMeta[] {
  const found = new Map(start.map((model) => [model.name, model]))
  for (const model of found.values())
    for (const field of Object.values(model.fields))
      if (field.type === 'Relation' && !found.has(field.model))
        found.set(field.model, modelOf(field.model))
  return [...found.values()]
}

function modelSchemas(model: ModelMeta, routes: readonly Route[]): Record<string, JsonSchema> {
  const { name } = model
  const bodyOf = (kind: OperationKind): z.ZodType | undefined => {
    const body = routes.find((route) => route.kind === kind)?.body
    return body instanceof z.ZodType ? body : undefined
  }
  const create = bodyOf('create')
  return {
    [name]: rowSchema(model),
    [`${name}Result`]: strictObject({ data: ref(name) }, ['data']),
    [`${name}Page`]: strictObject({ data: arrayOf(ref(name)), meta: ref('PageMeta') }, [
      'data',
      'meta',
    ]),
    [`${name}Where`]: whereSchema(model),
    [`${name}Unique`]: uniqueSchema(model),
    [`${name}Search`]: searchSchema(name),
    ...nestedSchemas(model, create !== undefined),
    ...bodies(model, create, bodyOf),
  }
}

function bodies(
  model: ModelMeta,
  create: z.ZodType | undefined,
  bodyOf: (kind: OperationKind) => z.ZodType | undefined,
): Record<string, JsonSchema> {
  const rows = memberOf(bodyOf('createMany'))
  const change = memberOf(bodyOf('updateMany'))
  const entries: [string, JsonSchema | undefined][] = [
    ['Create', create && bodySchema(model, create, 'Create')],
    ['CreateMany', rows && arrayOf(bodySchema(model, rows, 'Create'), { minItems: 1 })],
    ['Update', describe(model, bodyOf('update'), 'Update')],
    ['Replace', describe(model, bodyOf('replace'), 'Update')],
    ['UpdateMany', change && bodySchema(model, change, 'Update')],
  ]
  return Object.fromEntries(
    entries.flatMap(([suffix, schema]) => (schema ? [[`${model.name}${suffix}`, schema]] : [])),
  )
}

const describe = (model: ModelMeta, body: z.ZodType | undefined, mode: 'Create' | 'Update') =>
  body && bodySchema(model, body, mode)

/** The schema of `data` in a bulk body; of one row where it is a list. */
function memberOf(body: z.ZodType | undefined): z.ZodType | undefined {
  if (!(body instanceof z.ZodObject)) return undefined
  const data = (body.shape as Record<string, z.ZodType>)['data']
  return data instanceof z.ZodArray ? (data.element as z.ZodType) : data
}

const searchSchema = (name: string): JsonSchema =>
  strictObject({
    where: ref(`${name}Where`),
    orderBy: { anyOf: [{ type: 'string' }, arrayOf({ type: 'string' })] },
    skip: { type: 'integer', minimum: 0 },
    take: { type: 'integer', minimum: 1, maximum: 100 },
    cursor: { type: 'string' },
    include: { anyOf: [{ type: 'string' }, arrayOf({ type: 'string' })] },
    select: { anyOf: [{ type: 'string' }, arrayOf({ type: 'string' })] },
  })

const STATUS_PATHS: Readonly<Record<string, JsonSchema>> = {
  '/health': {
    get: {
      operationId: 'getHealth',
      summary: 'Does the server live?',
      tags: ['Status'],
      responses: {
        200: { description: 'It does.', content: json({ type: 'object' }) },
        500: problem(500),
      },
    },
  },
  '/ready': {
    get: {
      operationId: 'getReady',
      summary: 'Does the database answer?',
      tags: ['Status'],
      responses: {
        200: { description: 'It does.', content: json({ type: 'object' }) },
        503: problem(503),
      },
    },
  },
}
