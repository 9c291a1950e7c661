import { setTimeout as sleep } from 'node:timers/promises'
import * as fc from 'fast-check'
import type { RunningApp } from '../contract/harness.js'
import type { Schema } from '../../src/schema/model.js'
import { OpenApi } from '../support/openapi.js'
import { Counts } from './counts.js'
import { isHidden } from './names.js'
import { operationsOf, type Request } from './operations.js'
import { LAST_ETAG, Requests, type Known } from './requests.js'
import { eachRow } from './rows.js'
import { Wire, type Answer } from './wire.js'

/** One kind of app, and what is known of it. */
export type Subject = {
  readonly schema: Schema
  /** Texts that stand in its rows. */
  readonly words: readonly string[]
  /** The keys of its rows after a reset. */
  readonly keys: (wire: Wire) => Promise<Known['keys']>
  /** What stands in hidden columns only: no answer may hold any of it. */
  readonly secrets: readonly string[]
  /** Puts all rows back. */
  readonly reset: (wire: Wire) => Promise<void>
  /** Checks beside those that hold for every app, made anew for each app. */
  readonly guard: (wire: Wire) => Guard
}

/** Chooses for whom a request is made, and looks at what became of it. */
export type Guard = {
  /** After a reset. */
  readonly begin: () => Promise<void>
  /** @param chance decides who asks */
  readonly headers: (chance: number) => Readonly<Record<string, string>>
  readonly judge: (request: Request, answer: Answer, model: string | undefined) => Promise<string[]>
}

export type Run = {
  readonly seed: number
  readonly from: number
  readonly requests: number
  /** Failures after which it ends. */
  readonly failures: number
}

/** Requests that build on each other; before the first of them all rows are put back. */
const BLOCK = 50

type Asked = { readonly request: Request; readonly chance: number }

/**
 * Makes requests of an app, looks at every answer, and counts them.
 * @throws Error with every failure: the request, what is wrong, and how to make it again
 */
export async function fuzz(app: RunningApp, subject: Subject, run: Run): Promise<Counts> {
  const wire = new Wire(app.url)
  try {
    const document = (await wire.send({ method: 'GET', path: '/openapi.json', headers: {} })).body
    const session = new Session(app, wire, subject, new OpenApi(document))
    await subject.reset(wire)
    const known = { words: subject.words, keys: await subject.keys(wire) }
    const requests = new Requests(document, subject.schema, known)
    const asked = fc.record({ request: requests.any(), chance: fc.nat(1000) })
    const failures: string[] = []
    const first = Math.floor(run.from / BLOCK)
    for (let block = first; block * BLOCK < run.requests; block += 1) {
      const seed = run.seed + block
      failures.push(
        ...(await session.block(fc.sample(asked, { seed, numRuns: BLOCK }), block * BLOCK, run)),
      )
      if (failures.length >= run.failures) break
    }
    if (failures.length > 0) throw new Error(failures.join('\n\n'))
    return session.counts
  } finally {
    wire.close()
  }
}

class Session {
  readonly counts: Counts
  private readonly guard: Guard
  private lastEtag = '"none"'
  private readonly models: ReadonlyMap<string, string>

  constructor(
    private readonly app: RunningApp,
    private readonly wire: Wire,
    private readonly subject: Subject,
    private readonly api: OpenApi,
  ) {
    this.guard = subject.guard(wire)
    this.counts = new Counts(operationsOf(api.document))
    this.models = new Map(operationsOf(api.document).map(({ id, node }) => [id, node.tags[0]]))
  }

  async block(all: readonly Asked[], offset: number, { seed }: Run): Promise<string[]> {
    await this.subject.reset(this.wire)
    await this.guard.begin()
    const failures: string[] = []
    for (const [index, { request, chance }] of all.entries()) {
      const headers = { ...request.headers, ...this.guard.headers(chance) }
      const sent = { ...request, headers: this.withEtag(headers) }
      const wrong = await this.ask(sent)
      if (wrong.length > 0)
        failures.push(
          `Request ${offset + index}, again by FUZZ_SEED=${seed} FUZZ_FROM=${offset + index}\n` +
            `${textOf(sent)}\n  ${wrong.join('\n  ')}`,
        )
    }
    return failures
  }

  private withEtag(headers: Request['headers']): Request['headers'] {
    return Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name,
        value.replace(LAST_ETAG, this.lastEtag),
      ]),
    )
  }

  private async ask(request: Request): Promise<string[]> {
    const log = this.app.log().length
    let answer: Answer
    try {
      answer = await this.wire.send(request)
    } catch (error) {
      return [`is not answered: ${error}`]
    }
    const { status, headers, text } = answer
    this.counts.add(request.operation, status)
    this.lastEtag = headers.get('etag') ?? this.lastEtag
    const wrong = [...this.undocumented(request, answer), ...this.revealed(request, answer)]
    if (status >= 500) {
      // What the app logs comes a moment later.
      await sleep(200)
      wrong.push('fails', this.app.log().slice(log).slice(0, 4000))
    }
    if (request.kind === 'hidden' && status < 400) wrong.push(`${status}: not refused`)
    if (wrong.length > 0) wrong.push(`answer: ${status} ${text.slice(0, 600)}`)
    return [...wrong, ...(await this.guard.judge(request, answer, this.modelOf(request)))]
  }

  private undocumented({ method, path, body }: Request, { status, headers, ...answer }: Answer) {
    const sent =
      status < 300 && typeof body === 'string' && body !== '' && METHODS_WITH_BODY.has(method)
        ? (JSON.parse(body.replace(/^\ufeff/, '')) as unknown)
        : undefined
    const type = headers.get('content-type')
    const [pathname = '', query] = path.split(/\?(.*)/s, 2)
    // Outside the API a query string means nothing: a probe may add one to get past a cache.
    const asks = query !== undefined && path.startsWith('/api/')
    // A slash at the end means nothing anywhere.
    const told = pathname.replace(/(.)\/$/, '$1') + (asks ? `?${query}` : '')
    return this.api.mismatches({
      method,
      path: told,
      sent,
      status,
      type,
      headers,
      body: answer.body,
    })
  }

  private revealed(request: Request, { text, body }: Answer): string[] {
    const wrong = this.subject.secrets.filter((secret) => text.includes(secret))
    const model = this.modelOf(request)
    if (model !== undefined)
      eachRow(
        this.subject.schema,
        model,
        (body as { data?: unknown } | undefined)?.data,
        (it, row) => {
          const names = it.fields.filter(isHidden).map(({ name }) => name)
          wrong.push(...names.filter((name) => name in row).map((name) => `${it.name}.${name}`))
        },
      )
    return wrong.map((name) => `reveals ${name}`)
  }

  /** Of whose rows the answer is, if of any. */
  private modelOf({ operation }: Request): string | undefined {
    const model = this.models.get(operation)
    return this.subject.schema.models.some(({ name }) => name === model) ? model : undefined
  }
}

const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const textOf = ({ method, path, headers, body, operation, kind }: Request): string =>
  `${kind} ${operation}: ${method} ${path.slice(0, 1500)} ${JSON.stringify(headers).slice(0, 500)} ` +
  (body === undefined ? '' : String(body).slice(0, 2000))
