import { MAX_TAKE, DEFAULT_TAKE } from '../http/limits.js'
import type { ModelMeta } from '../schema/meta.js'
import { isSortable } from '../http/order.js'
import { isColumn, relations, valueSchema, visibleColumns } from './columns.js'
import { exampleOf } from './examples.js'
import type { JsonSchema } from './json-schema.js'
import { refTo } from './names.js'

/** A parameter of an operation, as OpenAPI writes it. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: true
  readonly description: string
  readonly schema: JsonSchema
  readonly style?: 'deepObject'
  readonly explode?: true
  readonly example?: unknown
}

const RESERVED = ' A row with the text `count`, `bulk` or `search` is found by a filter only.'

/** The path parameters that address one row, in order. */
export const idParameters = (model: ModelMeta): Parameter[] =>
  (model.key?.fields ?? []).flatMap((name, _, { length }) => {
    const field = model.fields[name]
    if (!field || !isColumn(field)) return []
    const isText = field.type === 'String' && field.format === undefined && length === 1
    return {
      name,
      in: 'path',
      required: true,
      description: `\`${name}\` of the row.${isText ? RESERVED : ''}`,
      schema: valueSchema(field),
      example: exampleOf(name, field),
    }
  })

export const whereParameter = (model: ModelMeta): Parameter => ({
  name: 'where',
  in: 'query',
  description:
    'Which rows: `where[field]=value`, `where[field][operator]=value`, through relations too, as in ' +
    '`where[author][is][name][contains]=x`; `where[OR][0][field]=value` for alternatives, `null` for null. ' +
    'A client that writes no objects of several levels can send the same as JSON to `/search`.',
  style: 'deepObject',
  explode: true,
  schema: refTo(model.name, 'Where'),
  // What a page to try it begins with: else it makes up a condition for every column.
  example: {},
})

const named = (entries: readonly (readonly [string, unknown])[]): string =>
  entries.map(([name]) => `\`${name}\``).join(', ')

export function selectionParameters(model: ModelMeta): Parameter[] {
  const related = relations(model)
  const columns = visibleColumns(model)
  const include: Parameter = {
    name: 'include',
    in: 'query',
    description:
      `Relations to answer along, separated by commas: ${named(related)}; \`a.b\` goes deeper. ` +
      'Relations to one row come along by themselves.',
    schema: { type: 'string', minLength: 1 },
    example: related[0]?.[0],
  }
  const some = columns.slice(0, 2).map(([name]) => name)
  // Without an example of its own: a page to try it would begin with both, which is refused.
  const select: Parameter = {
    name: 'select',
    in: 'query',
    description:
      `The only columns and relations to answer, as in \`${some.join(',')}\`; not together with \`include\`. ` +
      'Rows then hold these and the key, and none of the other properties that a row has otherwise.',
    schema: { type: 'string', minLength: 1 },
  }
  return related.length === 0 ? [select] : [include, select]
}

export function orderParameter(model: ModelMeta): Parameter {
  const sortable = visibleColumns(model).filter(([, field]) => isSortable(field))
  return {
    name: 'orderBy',
    in: 'query',
    description:
      `What to sort by, separated by commas: ${named(sortable)}, and columns of a related row as \`relation.column\`; ` +
      '`-` before one turns it round. Null is the least value.',
    schema: { type: 'string', minLength: 1 },
    ...(sortable[0] ? { example: `-${sortable[0][0]}` } : {}),
  }
}

/** Parameters that are the same everywhere, by their names in `components`. */
export const PARAMETERS = {
  Skip: {
    name: 'skip',
    in: 'query',
    description: 'Rows to pass over.',
    schema: { type: 'integer', minimum: 0, maximum: 100_000_000, default: 0 },
  },
  Take: {
    name: 'take',
    in: 'query',
    description: 'Rows to answer.',
    schema: { type: 'integer', minimum: 1, maximum: MAX_TAKE, default: DEFAULT_TAKE },
  },
  Cursor: {
    name: 'cursor',
    in: 'query',
    description: 'Start after this row: `meta.nextCursor` of the page before.',
    schema: { type: 'string', minLength: 1 },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'The `ETag` of the row as you know it; 412 when it has changed since.',
    schema: { type: 'string' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'The `ETag` of the row as you have it; 304 when it is still the same.',
    schema: { type: 'string' },
  },
} as const satisfies Record<string, Parameter>

export const parameterRef = (name: keyof typeof PARAMETERS): JsonSchema => ({
  $ref: `#/components/parameters/${name}`,
})
