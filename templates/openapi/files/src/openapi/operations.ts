import type { OperationKind, Route } from '../http/route.js'
import type { ModelMeta } from '../schema/meta.js'
import { arrayOf, ref, strictObject, type JsonSchema } from './json-schema.js'
import {
  idParameters,
  ifMatchParameter,
  pageParameters,
  selectionParameters,
  whereParameter,
  type Parameter,
} from './parameters.js'

interface Description {
  /** Of the operation id: `listPost`, `updateManyPost`. */
  readonly verb: string
  readonly summary: (model: string) => string
  readonly parameters: (model: ModelMeta) => readonly Parameter[]
  readonly body?: (model: ModelMeta) => JsonSchema
  readonly answer: { readonly status: number; readonly schema?: (model: ModelMeta) => JsonSchema }
  /** Statuses of the problems it can end with, beside 400 and 500. */
  readonly problems: readonly number[]
}

const one = (model: ModelMeta): JsonSchema => ref(`${model.name}Result`)
const page = (model: ModelMeta): JsonSchema => ref(`${model.name}Page`)
const count = (): JsonSchema => ref('Count')
const none = (): readonly Parameter[] => []
const bulk = (model: ModelMeta, extra: Record<string, JsonSchema> = {}): JsonSchema =>
  strictObject({ where: ref(`${model.name}Where`), ...extra }, ['where', ...Object.keys(extra)])

const DESCRIPTIONS: Readonly<Record<OperationKind, Description>> = {
  list: {
    verb: 'list',
    summary: (name) => `List rows of ${name}`,
    parameters: (model) => [whereParameter(model), ...pageParameters, ...selectionParameters],
    answer: { status: 200, schema: page },
    problems: [],
  },
  search: {
    verb: 'search',
    summary: (name) => `List rows of ${name}, asked for in a body`,
    parameters: none,
    body: (model) => ref(`${model.name}Search`),
    answer: { status: 200, schema: page },
    problems: [413, 415],
  },
  count: {
    verb: 'count',
    summary: (name) => `Count rows of ${name}`,
    parameters: (model) => [whereParameter(model)],
    answer: { status: 200, schema: count },
    problems: [],
  },
  get: {
    verb: 'get',
    summary: (name) => `Get one row of ${name}`,
    parameters: (model) => [...idParameters(model), ...selectionParameters],
    answer: { status: 200, schema: one },
    problems: [404],
  },
  create: {
    verb: 'create',
    summary: (name) => `Create a row of ${name}`,
    parameters: () => selectionParameters,
    body: (model) => ref(`${model.name}Create`),
    answer: { status: 201, schema: one },
    problems: [409, 413, 415],
  },
  update: {
    verb: 'update',
    summary: (name) => `Change a row of ${name}`,
    parameters: (model) => [...idParameters(model), ifMatchParameter, ...selectionParameters],
    body: (model) => ref(`${model.name}Update`),
    answer: { status: 200, schema: one },
    problems: [404, 409, 412, 413, 415],
  },
  replace: {
    verb: 'replace',
    summary: (name) => `Replace a row of ${name}`,
    parameters: (model) => [...idParameters(model), ifMatchParameter, ...selectionParameters],
    body: (model) => ref(`${model.name}Replace`),
    answer: { status: 200, schema: one },
    problems: [404, 409, 412, 413, 415],
  },
  delete: {
    verb: 'delete',
    summary: (name) => `Delete a row of ${name}`,
    parameters: (model) => [...idParameters(model), ifMatchParameter],
    answer: { status: 204 },
    problems: [404, 409, 412],
  },
  createMany: {
    verb: 'createMany',
    summary: (name) => `Create many rows of ${name}`,
    parameters: none,
    body: (model) => strictObject({ data: ref(`${model.name}CreateMany`) }, ['data']),
    answer: { status: 201, schema: count },
    problems: [409, 413, 415],
  },
  updateMany: {
    verb: 'updateMany',
    summary: (name) => `Change every row of ${name} that is found`,
    parameters: none,
    body: (model) => bulk(model, { data: ref(`${model.name}UpdateMany`) }),
    answer: { status: 200, schema: count },
    problems: [409, 413, 415],
  },
  deleteMany: {
    verb: 'deleteMany',
    summary: (name) => `Delete every row of ${name} that is found`,
    parameters: none,
    body: (model) => bulk(model),
    answer: { status: 200, schema: count },
    problems: [409, 413, 415],
  },
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'The request is wrong; `errors` names each place.',
  404: 'There is no such row.',
  409: 'A unique value is taken, or a related row is missing or in the way.',
  412: 'The row has changed since the `ETag` you gave.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  500: 'The server failed.',
}

/** A route of a model as OpenAPI writes it. */
export function operation(model: ModelMeta, route: Route): JsonSchema {
  const { verb, summary, parameters, body, answer, problems } = DESCRIPTIONS[route.kind]
  const statuses = [400, ...problems, 500]
  return {
    operationId: `${verb}${model.name.charAt(0).toUpperCase()}${model.name.slice(1)}`,
    summary: summary(model.name),
    tags: [model.name],
    parameters: parameters(model),
    ...(body ? { requestBody: { required: true, content: json(body(model)) } } : {}),
    responses: {
      [answer.status]: {
        description: answer.schema ? 'Done.' : 'Done; there is nothing to say.',
        ...(answer.schema ? { content: json(answer.schema(model)) } : {}),
        ...(route.kind === 'get' ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
      },
      ...Object.fromEntries(statuses.map((status) => [status, problem(status)])),
    },
  }
}

export const json = (schema: JsonSchema): JsonSchema => ({ 'application/json': { schema } })

export const problem = (status: number): JsonSchema => ({
  description: TITLES[status] ?? 'Problem.',
  content: { 'application/problem+json': { schema: ref('Problem') } },
})

/** Schemas that every document has. */
export const SHARED_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Count: strictObject({ data: strictObject({ count: { type: 'integer' } }, ['count']) }, ['data']),
  PageMeta: strictObject(
    {
      total: { type: 'integer' },
      skip: { type: 'integer' },
      take: { type: 'integer' },
      hasMore: { type: 'boolean' },
      nextCursor: { type: ['string', 'null'] },
    },
    ['total', 'skip', 'take', 'hasMore', 'nextCursor'],
  ),
  Problem: {
    type: 'object',
    description: 'RFC 9457 problem details.',
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string' },
      code: { type: 'string' },
      instance: { type: 'string' },
      errors: arrayOf(
        strictObject({ path: { type: 'string' }, message: { type: 'string' } }, [
          'path',
          'message',
        ]),
      ),
    },
    required: ['type', 'title', 'status'],
  },
}
