import * as fc from 'fast-check'
import type { Model, Schema } from '../../src/schema/model.js'
import type { Node } from '../support/openapi-ajv.js'
import { FromSchema } from './from-schema.js'
import { hiddenRequests } from './hidden.js'
import type { Headers } from './hostile.js'
import { hostileRequest } from './hostile-request.js'
import { mutated, mutation } from './mutate.js'
import { include, order, select } from './names.js'
import {
  at,
  operationsOf,
  written,
  type Draft,
  type Operation,
  type Request,
} from './operations.js'
import { encoded } from './query-text.js'

/** What stands in the rows, so that something is found and referred to. */
export type Known = {
  readonly words: readonly string[]
  /** Of each model: keys as they stand in addresses. */
  readonly keys: Readonly<Record<string, readonly string[]>>
}

/** The `ETag` of an answer before: it is put in when the request is sent. */
export const LAST_ETAG = '<last etag>'

/** Makes requests from the OpenAPI document of an app. */
export class Requests {
  private readonly values: FromSchema

  constructor(
    private readonly document: Node,
    private readonly schema: Schema,
    private readonly known: Known,
  ) {
    this.values = new FromSchema(document, known.words)
  }

  /** Half of them valid, the others less so. */
  any(): fc.Arbitrary<Request> {
    const operations = operationsOf(this.document)
    const drafts = operations.map((operation) => ({ operation, draft: this.draft(operation) }))
    const valid = fc.oneof(
      ...drafts.map(({ operation, draft }) => draft.map((it) => written(operation, 'valid', it))),
    )
    const nearly = fc.oneof(...drafts.map(({ operation, draft }) => nearlyValid(operation, draft)))
    const hidden = hiddenRequests(this.schema, operations)
    return fc.oneof(
      { weight: 12, arbitrary: valid },
      { weight: 5, arbitrary: nearly },
      { weight: 3, arbitrary: hostileRequest(valid) },
      ...(hidden ? [{ weight: 1, arbitrary: hidden }] : []),
    )
  }

  private draft({ path, node }: Operation): fc.Arbitrary<Draft> {
    const model = this.schema.models.find(({ name }) => name === node.tags[0])
    const parameters: Node[] = (node.parameters ?? []).map((it: Node) =>
      it.$ref === undefined ? it : at(this.document, it.$ref),
    )
    const within = (place: string): Node[] => parameters.filter((it) => it.in === place)
    const query = within('query').map(({ name, schema }) => [
      name,
      fc.option(this.parameter(name, schema, model), {
        nil: undefined,
        freq: FREQUENCY[name] ?? 1,
      }),
    ])
    const headers = within('header').map(({ name }) => [name.toLowerCase(), precondition])
    const schema = node.requestBody?.content['application/json']?.schema
    return fc
      .record({
        segments: this.segments(path, within('path'), model),
        query: fc.record(Object.fromEntries(query)),
        headers: fc.record(Object.fromEntries(headers)),
        ...(schema ? { body: this.body(schema, model) } : {}),
      })
      .map((draft) => ({
        ...draft,
        query: given(oneSelection(draft.query)),
        headers: given(draft.headers) as Headers,
      }))
  }

  /** Mostly those of a row that is there. */
  private segments(
    path: string,
    parameters: readonly Node[],
    model: Model | undefined,
  ): fc.Arbitrary<readonly string[]> {
    const parts = path.split('/').map((part) => {
      const parameter = parameters.find(({ name }) => part === `{${name}}`)
      if (parameter === undefined) return fc.constant(part)
      return this.values.of(parameter.schema).map((value) => encoded(String(value)))
    })
    const any = fc.tuple(...parts)
    const keys = parameters.length === 0 ? [] : (this.known.keys[model?.name ?? ''] ?? [])
    if (keys.length === 0) return any
    const beginning = path.split('/{', 1)[0]!.split('/')
    const there = fc.constantFrom(...keys).map((key) => [...beginning, ...key.split('/')])
    return fc.oneof({ weight: 3, arbitrary: there }, { weight: 1, arbitrary: any })
  }

  /** A search holds what a query string holds; its texts are names, too. */
  private body(schema: Node, model: Model | undefined): fc.Arbitrary<unknown> {
    const body = this.values.of(schema)
    const names = Object.keys((schema.$ref ? at(this.document, schema.$ref) : schema).properties)
    if (!model || !names.includes('orderBy')) return body
    const texts = fc.record({
      orderBy: order(this.schema, model),
      include: include(this.schema, model),
      select: select(this.schema, model),
    })
    return fc.tuple(body, texts).map(([value, other]) => {
      const members = Object.entries(value as object).map(([name, old]) => [
        name,
        (other as Readonly<Record<string, string>>)[name] ?? old,
      ])
      return given(oneSelection(Object.fromEntries(members)))
    })
  }

  private parameter(name: string, schema: Node, model: Model | undefined): fc.Arbitrary<unknown> {
    if (model && name === 'orderBy') return order(this.schema, model)
    if (model && name === 'include') return include(this.schema, model)
    if (model && name === 'select') return select(this.schema, model)
    return this.values.of(schema)
  }
}

/** How rarely a parameter is left out. */
const FREQUENCY: Readonly<Record<string, number>> = { where: 3, take: 2 }

const precondition = fc.option(
  fc.constantFrom(LAST_ETAG, LAST_ETAG, '*', '"x"', `W/${LAST_ETAG}`, '"a", "b"', 'x'),
  { nil: undefined, freq: 1 },
)

/** Valid but for a mutation or two. */
const nearlyValid = (operation: Operation, draft: fc.Arbitrary<Draft>): fc.Arbitrary<Request> =>
  fc
    .tuple(draft, fc.array(mutation, { minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([it, mutations, either]) => {
      const change = (value: unknown): unknown => mutations.reduce(mutated, value)
      const inQuery = it.body === undefined || (either && Object.keys(it.query).length > 0)
      const next = inQuery
        ? { ...it, query: asObject(change(it.query)) }
        : { ...it, body: change(it.body) }
      return written(operation, 'nearly', next)
    })

const given = (members: object): object =>
  Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined && value !== ''),
  )

/** `include` and `select` go alone. */
function oneSelection(values: { readonly include?: unknown; readonly select?: unknown }): object {
  const { select: selected, ...rest } = values
  return rest.include === undefined || selected === undefined ? values : rest
}

const asObject = (value: unknown): object =>
  typeof value === 'object' && value !== null ? value : { '': value }
