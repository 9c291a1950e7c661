import type { Context } from './context.js'
import { idOf } from './id.js'
import { modelMeta, visibleKey } from './lookup.js'
import { etagOf, isFresh } from './precondition.js'
import { notFound } from './problem.js'
import type { ListQuery } from './query.js'
import type { ApiResponse, One, Page } from './route.js'
import { selectedOf } from './selection.js'
import { serialize, type View } from './serialize.js'

/** 200 with `{ data }`. */
export const ok = <T>(data: T, headers?: ApiResponse['headers']): ApiResponse<One<T>> => ({
  status: 200,
  body: { data },
  headers,
})

/** 204 */
export const noContent = (): ApiResponse => ({ status: 204 })

/**
 * One row, with its ETag unless only some columns were selected; 304 when the caller has it already.
 * @throws Problem 404 when there is no row
 */
export function one<T extends object>(
  model: string,
  row: object | null,
  context: Context,
): ApiResponse<One<T>> {
  if (!row) throw notFound(model)
  const { request } = context
  const data = serialize<T>(model, row, viewOf(model, context))
  if (request.query['select'] !== undefined) return ok(data)
  const etag = etagOf(model, data)
  const reading = request.method === 'GET' || request.method === 'HEAD'
  return reading && isFresh(request, etag) ? { status: 304, headers: { etag } } : ok(data, { etag })
}

/** 201 with the new row, its address and ETag. */
export function created<T extends object>(
  model: string,
  row: object,
  context: Context,
): ApiResponse<One<T>> {
  const { request } = context
  const data = serialize<T>(model, row, viewOf(model, context))
  const meta = modelMeta(model)
  const id = idOf(visibleKey(meta), data)
  const headers = {
    ...(id === null ? {} : { location: `/api/${meta.path}/${id}` }),
    ...(request.query['select'] === undefined ? { etag: etagOf(model, data) } : {}),
  }
  return { status: 201, body: { data }, headers }
}

/** 201 with the number of new rows. */
export const createdMany = (count: number): ApiResponse => ({
  status: 201,
  body: { data: { count } },
})

/**
 * One page of a list: `{ data, meta: { total, skip, take, hasMore, nextCursor } }`.
 * @param rows as Prisma returned them
 * @param total rows that match, on all pages
 */
export function page<T extends object>(
  model: string,
  rows: readonly object[],
  total: number,
  query: ListQuery<unknown>,
  context: Context,
): ApiResponse<Page<T>> {
  const { take, skip, afterCursor } = query
  const view = { context, selected: query.selected }
  const data = rows.slice(0, take).map((row) => serialize<T>(model, row, view))
  const hasMore = afterCursor ? rows.length > take : skip + data.length < total && data.length > 0
  const last = data.at(-1)
  const nextCursor = hasMore && last ? idOf(visibleKey(modelMeta(model)), last) : null
  return { status: 200, body: { data, meta: { total, skip, take, hasMore, nextCursor } } }
}

/** What the query string of a route that answers one row selects. */
function viewOf(model: string, context: Context): View {
  const { select } = context.request.query
  return { context, selected: select === undefined ? undefined : selectedOf(model, select) }
}
