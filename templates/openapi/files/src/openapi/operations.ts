import type { OperationKind, Route } from '../http/route.js'
import type { ModelMeta } from '../schema/meta.js'
import { visibleColumns } from './columns.js'
import { whereExample } from './examples.js'
import { ref, strictObject, type JsonSchema } from './json-schema.js'
import { operationId, refTo, SHARED } from './names.js'
import {
  idParameters,
  orderParameter,
  parameterRef,
  selectionParameters,
  whereParameter,
} from './parameters.js'
import { failures, json, notModified, success, type ProblemStatus } from './responses.js'

interface Description {
  readonly summary: (model: string) => string
  readonly description: string
  readonly parameters: (model: ModelMeta) => readonly object[]
  readonly body?: (model: ModelMeta) => JsonSchema
  readonly answer: {
    readonly status: number
    readonly schema?: (model: ModelMeta) => JsonSchema
    readonly headers?: readonly ('ETag' | 'Location')[]
  }
  /** What it can end with beside 400, 500 and 503. */
  readonly problems: readonly ProblemStatus[]
}

const one = (model: ModelMeta): JsonSchema => refTo(model.name, 'Result')
const page = (model: ModelMeta): JsonSchema => refTo(model.name, 'Page')
const count = (): JsonSchema => ref(SHARED.count)
const none = (): readonly object[] => []
const bulk = (model: ModelMeta, extra: Record<string, JsonSchema> = {}): JsonSchema =>
  strictObject(
    { where: { ...refTo(model.name, 'Where'), type: 'object', minProperties: 1 }, ...extra },
    ['where', ...Object.keys(extra)],
  )
const row = (model: ModelMeta): readonly object[] => [
  ...idParameters(model),
  parameterRef('IfMatch'),
]

const RELATIONS = 'Relations to one row come along; `include` and `select` say otherwise.'
const CONDITIONAL = 'With `If-Match` only if the row is still the one that you read.'

const DESCRIPTIONS: Readonly<Record<OperationKind, Description>> = {
  list: {
    summary: (name) => `List rows of ${name}`,
    description: `One page of the rows that \`where\` finds, and how many there are in all. ${RELATIONS}`,
    parameters: (model) => [
      whereParameter(model),
      ...(['Skip', 'Take', 'Cursor'] as const).map(parameterRef),
      orderParameter(model),
      ...selectionParameters(model),
    ],
    answer: { status: 200, schema: page },
    problems: [],
  },
  search: {
    summary: (name) => `List rows of ${name}, asked for in a body`,
    description: 'The same as the list, with its parameters as JSON: for long or deep filters.',
    parameters: none,
    body: (model) => refTo(model.name, 'Search'),
    answer: { status: 200, schema: page },
    problems: [413, 415],
  },
  count: {
    summary: (name) => `Count rows of ${name}`,
    description: 'How many rows `where` finds; without it, how many there are.',
    parameters: (model) => [whereParameter(model)],
    answer: { status: 200, schema: count },
    problems: [],
  },
  get: {
    summary: (name) => `Get one row of ${name}`,
    description: `The row of this key. ${RELATIONS}`,
    parameters: (model) => [
      ...idParameters(model),
      parameterRef('IfNoneMatch'),
      ...selectionParameters(model),
    ],
    answer: { status: 200, schema: one, headers: ['ETag'] },
    problems: [404],
  },
  create: {
    summary: (name) => `Create a row of ${name}`,
    description:
      'What is left out is filled in where it has a default. Related rows can be written along.',
    parameters: selectionParameters,
    body: (model) => refTo(model.name, 'Create'),
    answer: { status: 201, schema: one, headers: ['Location', 'ETag'] },
    problems: [409, 413, 415],
  },
  update: {
    summary: (name) => `Change a row of ${name}`,
    description: `What is left out stays as it is. ${CONDITIONAL}`,
    parameters: (model) => [...row(model), ...selectionParameters(model)],
    body: (model) => refTo(model.name, 'Update'),
    answer: { status: 200, schema: one, headers: ['ETag'] },
    problems: [404, 409, 412, 413, 415],
  },
  replace: {
    summary: (name) => `Replace a row of ${name}`,
    description: `What is left out becomes null where it may be, else it stays. ${CONDITIONAL}`,
    parameters: (model) => [...row(model), ...selectionParameters(model)],
    body: (model) => refTo(model.name, 'Replace'),
    answer: { status: 200, schema: one, headers: ['ETag'] },
    problems: [404, 409, 412, 413, 415],
  },
  delete: {
    summary: (name) => `Delete a row of ${name}`,
    description: CONDITIONAL,
    parameters: row,
    answer: { status: 204 },
    problems: [404, 409, 412],
  },
  createMany: {
    summary: (name) => `Create many rows of ${name}`,
    description: 'All of them or, when one of them can not be created, none.',
    parameters: none,
    body: (model) => strictObject({ data: refTo(model.name, 'CreateMany') }, ['data']),
    answer: { status: 201, schema: count },
    problems: [409, 413, 415],
  },
  updateMany: {
    summary: (name) => `Change every row of ${name} that is found`,
    description: 'At most 1000 rows: all of them or none.',
    parameters: none,
    body: (model) => bulk(model, { data: refTo(model.name, 'UpdateMany') }),
    answer: { status: 200, schema: count },
    problems: [409, 413, 415],
  },
  deleteMany: {
    summary: (name) => `Delete every row of ${name} that is found`,
    description: 'At most 1000 rows: all of them or none.',
    parameters: none,
    body: (model) => bulk(model),
    answer: { status: 200, schema: count },
    problems: [409, 413, 415],
  },
}

/**
 * A route of a model as OpenAPI writes it.
 * @param example of the body's `data` in a bulk write, else of the whole body
 */
export function operation(model: ModelMeta, route: Route, example: unknown): JsonSchema {
  const { summary, description, parameters, body, answer, problems } = DESCRIPTIONS[route.kind]
  const { status, schema, headers } = answer
  return {
    operationId: operationId(route.kind, model),
    summary: summary(model.name),
    description,
    tags: [model.name],
    parameters: parameters(model),
    ...(body ? { requestBody: { required: true, content: json(body(model), example) } } : {}),
    responses: {
      [status]: success(
        schema ? 'Done.' : 'Done; there is nothing to say.',
        schema && json(schema(model)),
        headers,
      ),
      ...(route.kind === 'get' ? { 304: notModified } : {}),
      ...failures([400, ...problems, 500, 503]),
    },
  }
}

/** An example of a body: what a row may look like in it is known from the validator. */
export function bodyExampleOf(model: ModelMeta, kind: OperationKind, data: unknown): unknown {
  const where = whereExample(visibleColumns(model))
  switch (kind) {
    case 'search':
      return { where, take: 10 }
    case 'createMany':
      return data === undefined ? undefined : { data: [data] }
    case 'updateMany':
      return data === undefined || Object.keys(where).length === 0 ? undefined : { where, data }
    case 'deleteMany':
      return Object.keys(where).length === 0 ? undefined : { where }
    default:
      return data
  }
}
