import type { Node } from '../support/openapi-ajv.js'
import { jsonText, type Headers } from './hostile.js'
import { queryText } from './query-text.js'

/** What a document describes. */
export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly node: Node
}

export const operationsOf = (document: Node): Operation[] =>
  Object.entries<Node>(document.paths).flatMap(([path, item]) =>
    Object.entries<Node>(item).map(([method, node]) => ({
      id: node.operationId,
      method: method.toUpperCase(),
      path,
      node,
    })),
  )

/** What a reference of a document stands for. */
export const at = (document: Node, reference: string): Node =>
  reference
    .slice(2)
    .split('/')
    .reduce((node: Node, key) => node[key], document)

/** One request as it goes over the wire. */
export type Request = {
  /** Of the document: what it is made from. */
  readonly operation: string
  readonly kind: 'valid' | 'nearly' | 'hostile' | 'hidden'
  readonly method: string
  readonly path: string
  readonly headers: Headers
  readonly body?: string | Uint8Array
}

/** What a request is written from, before it is text. */
export type Draft = {
  readonly segments: readonly string[]
  readonly query: object
  readonly headers: Headers
  readonly body?: unknown
}

export const JSON_TYPE = { 'content-type': 'application/json' }

/** Writes a request down. */
export function written(
  { id, method }: Operation,
  kind: Request['kind'],
  { segments, query, headers, body }: Draft,
): Request {
  const text = queryText(query)
  return {
    operation: id,
    kind,
    method,
    path: overWire(segments.join('/') + (text === '' ? '' : `?${text}`)),
    headers: body === undefined ? headers : { ...JSON_TYPE, ...headers },
    ...(body === undefined ? {} : { body: jsonText(body) }),
  }
}

/** Longer addresses are cut: what is longer than all headers may be is tried by `x-large`. */
export const overWire = (path: string): string => path.slice(0, 15_000)
