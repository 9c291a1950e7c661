import type { ModelMeta } from '../schema/meta.js'
import { isColumn, valueSchema } from './columns.js'
import { ref, type JsonSchema } from './json-schema.js'

/** A parameter of an operation, as OpenAPI writes it. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: true
  readonly description: string
  readonly schema: JsonSchema
  readonly style?: 'deepObject'
  readonly explode?: true
  readonly example?: object
}

const RESERVED = ' A row with the text `count`, `bulk` or `search` is found by a filter only.'

/** The path parameters that address one row, in order. */
export const idParameters = (model: ModelMeta): Parameter[] =>
  (model.key?.fields ?? []).map((name, _, { length }) => {
    const field = model.fields[name]
    const isText = field?.type === 'String' && field.format === undefined && length === 1
    return {
      name,
      in: 'path',
      required: true,
      description: `\`${name}\` of the row.${isText ? RESERVED : ''}`,
      schema: field && isColumn(field) ? valueSchema(field) : { type: 'string' },
    }
  })

export const whereParameter = (model: ModelMeta): Parameter => ({
  name: 'where',
  in: 'query',
  description:
    'Which rows: `where[field]=value`, `where[field][operator]=value`, through relations too.',
  style: 'deepObject',
  explode: true,
  schema: ref(`${model.name}Where`),
  // What a page to try it begins with: else it makes up a condition for every column.
  example: {},
})

export const selectionParameters: readonly Parameter[] = [
  {
    name: 'include',
    in: 'query',
    description: 'Relations to answer along, separated by commas; `a.b` goes deeper.',
    schema: { type: 'string' },
  },
  {
    name: 'select',
    in: 'query',
    description: 'The only columns and relations to answer, separated by commas.',
    schema: { type: 'string' },
  },
]

export const pageParameters: readonly Parameter[] = [
  {
    name: 'skip',
    in: 'query',
    description: 'Rows to pass over.',
    schema: { type: 'integer', minimum: 0, default: 0 },
  },
  {
    name: 'take',
    in: 'query',
    description: 'Rows to answer.',
    schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
  },
  {
    name: 'cursor',
    in: 'query',
    description: 'Start after this row: `meta.nextCursor` of the page before.',
    schema: { type: 'string' },
  },
  {
    name: 'orderBy',
    in: 'query',
    description:
      'What to sort by, separated by commas, across relations to one row too; `-` before one turns it round, ' +
      'as in `-createdAt,author.name`. Null is the least value.',
    schema: { type: 'string' },
  },
]

export const ifMatchParameter: Parameter = {
  name: 'If-Match',
  in: 'header',
  description: 'The `ETag` of the row as you know it; 412 when it has changed since.',
  schema: { type: 'string' },
}
