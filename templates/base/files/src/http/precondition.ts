import { hash } from 'node:crypto'
import type { Db } from '../db.js'
import type { Context } from './context.js'
import { tableOf } from './delegate.js'
import { isRelation, isVisible, perModel } from './lookup.js'
import { notFound, Problem } from './problem.js'
import type { ApiRequest } from './route.js'
import { serialize } from './serialize.js'
import { serializable } from './transaction.js'

const columns = perModel((meta): readonly string[] =>
  Object.entries(meta.fields)
    .filter(([, field]) => !isRelation(field) && isVisible(field))
    .map(([name]) => name),
)

/**
 * The strong ETag of a row in the form that `serialize` gives: a digest of its own columns, then one
 * of everything it holds. The first part is what a write checks, whatever was included when reading.
 */
export function etagOf(model: string, row: object): string {
  const values = row as Readonly<Record<string, unknown>>
  const own = columns(model).map((name) => values[name] ?? null)
  return `"${digest(own)}.${digest(values)}"`
}

const digest = (value: unknown): string =>
  hash('sha256', JSON.stringify(value), 'base64url').slice(0, 22)

/** True when `If-None-Match` names this ETag: nothing new to send. */
export function isFresh(request: ApiRequest, etag: string): boolean {
  const header = request.header('if-none-match')
  if (header === undefined) return false
  return header.trim() === '*' || tagsOf(header).some((tag) => tag.replace(/^W\//, '') === etag)
}

/**
 * Runs a write; with `If-Match` only when the row is still the one that the caller read, checked and
 * written in one serializable transaction.
 * @throws Problem 412 when the row has changed, 404 when it is gone
 */
export async function ifMatch<T>(
  model: string,
  where: object,
  context: Context,
  write: (context: Context) => Promise<T>,
): Promise<T> {
  const header = context.request.header('if-match')
  if (header === undefined) return write(context)
  return serializable(context, async (inside) => {
    await checkUnchanged(inside.db, model, where, header)
    return write(inside)
  })
}

async function checkUnchanged(db: Db, model: string, where: object, header: string): Promise<void> {
  const row = await tableOf(db, model).findUnique({ where })
  if (!row) throw notFound(model)
  if (header.trim() === '*') return
  const own = ownPart(etagOf(model, serialize<object>(model, row)))
  if (tagsOf(header).some((tag) => ownPart(tag) === own)) return
  throw new Problem(412, 'stale', {
    detail: 'The row has changed since it was read: read it again and repeat the change.',
  })
}

const tagsOf = (header: string): string[] => header.split(',').map((tag) => tag.trim())

const ownPart = (etag: string): string => etag.split('.', 1)[0] ?? ''
