import type { Ajv2020, ValidateFunction } from 'ajv/dist/2020.js'
import { ajvOf, withoutRequired, type Node } from './openapi-ajv.js'

/** What is sent and what comes back, as far as a document can tell of it. */
export type Exchange = {
  readonly method: string
  /** With its query string. */
  readonly path: string
  /** The body that was sent, where it is JSON. */
  readonly sent: unknown
  readonly status: number
  readonly type: string | null
  readonly headers: Headers
  /** The answer, JSON parsed; undefined where there is none. */
  readonly body: unknown
}

/** Headers that mean something to a client of the API: none of them comes undocumented. */
const TELLING = [
  'etag',
  'location',
  'retry-after',
  'allow',
  'x-request-id',
  'ratelimit',
  'ratelimit-policy',
]

/** An OpenAPI 3.1 document, to hold answers against. */
export class OpenApi {
  private readonly whole: Ajv2020
  /** The same, but rows may hold less: how the document describes what `select` does. */
  private readonly partial: Ajv2020
  private readonly compiled = new Map<string, ValidateFunction>()

  constructor(readonly document: Node) {
    this.whole = ajvOf(document)
    this.partial = ajvOf(withoutRequired(document))
  }

  /** Where an exchange is not as the document says; empty where it is. */
  mismatches(exchange: Exchange): string[] {
    const { method, path, status } = exchange
    const [pathname = '', query = ''] = path.split('?', 2)
    const template = this.templateOf(pathname)
    // HTTP itself says that HEAD answers as GET does.
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase()
    const operation = template === undefined ? undefined : this.document.paths[template][verb]
    if (!operation) return this.undocumented(exchange)
    const at = ['paths', template!, verb]
    const parameters = operation.parameters?.map((parameter: Node) => this.resolved(parameter))
    const key = [String(status), `${String(status)[0]}XX`, 'default'].find((name) =>
      Object.hasOwn(operation.responses, name),
    )
    if (key === undefined) return [`answers ${status}, which is not documented`]
    const names = queryNames(query)
    const selects = names.includes('select') || Object(exchange.sent).select !== undefined
    return [
      ...this.ofAnswer(exchange, [...at, 'responses', key], selects),
      ...(status < 300 ? this.ofRequest(exchange, at, parameters ?? [], names) : []),
    ]
  }

  /** What is described nowhere is refused. */
  private undocumented({ method, status, type, body, headers }: Exchange): string[] {
    const asked = method === 'OPTIONS' && status === 204
    if (asked) return headers.has('allow') ? [] : ['says nothing of what is allowed']
    const isProblem = status >= 400 && mediaType(type) === 'application/problem+json'
    if (!isProblem) return ['is answered, but not documented']
    return method === 'HEAD'
      ? []
      : this.invalid(['components', 'schemas', 'Problem'], body, 'answer')
  }

  private ofAnswer(exchange: Exchange, at: string[], selects: boolean): string[] {
    const { method, headers, body } = exchange
    const pointer = this.pointerOf(at)
    const response = this.at(pointer)
    const wrong = this.ofHeaders(response.headers ?? {}, headers)
    if (method === 'HEAD') return wrong
    if (response.content === undefined) {
      return body === undefined ? wrong : [...wrong, 'has a body where none is documented']
    }
    const type = mediaType(exchange.type)
    if (!Object.hasOwn(response.content, type)) {
      return [...wrong, `is of type '${type}', documented: ${Object.keys(response.content)}`]
    }
    const schema = [...pointer, 'content', type, 'schema']
    return [...wrong, ...this.invalid(schema, body, 'answer', selects ? this.partial : this.whole)]
  }

  private ofHeaders(documented: Node, headers: Headers): string[] {
    const known = new Set(Object.keys(documented).map((name) => name.toLowerCase()))
    const extra = TELLING.filter((name) => headers.has(name) && !known.has(name))
    return [
      ...extra.map((name) => `has the header ${name}, which is not documented`),
      ...Object.entries(documented).flatMap(([name, reference]) => {
        const { required, schema }: Node = this.resolved(reference)
        const value = headers.get(name)
        if (value === null) return required ? [`lacks the header ${name}`] : []
        const valid = this.whole.validate(schema, schema.type === 'integer' ? +value : value)
        return valid ? [] : [`${name}: ${value}: ${this.whole.errorsText()}`]
      }),
    ]
  }

  /** What the app took must be what the document offers. */
  private ofRequest(exchange: Exchange, at: string[], parameters: Node[], names: string[]) {
    const query = parameters.filter((one) => one.in === 'query')
    const known = new Set(query.map(({ name }) => name))
    const extra = names.filter((name) => !known.has(name))
    const wrong = extra.map((name) => `took the parameter ${name}, which is not documented`)
    // A body where none is described means nothing, and is not read.
    if (exchange.sent === undefined || !this.at(at).requestBody) return wrong
    const schema = [...at, 'requestBody', 'content', 'application/json', 'schema']
    return [...wrong, ...this.invalid(schema, exchange.sent, 'request')]
  }

  private invalid(pointer: string[], value: unknown, what: string, ajv = this.whole): string[] {
    const text = `#/${pointer.map(encoded).join('/')}`
    const key = `${ajv === this.whole} ${text}`
    const validate = this.compiled.get(key) ?? ajv.compile({ $ref: `openapi${text}` })
    this.compiled.set(key, validate)
    if (validate(value)) return []
    const errors = (validate.errors ?? []).map(
      ({ instancePath, message, params, schemaPath }) =>
        `${what}${instancePath} ${message} ${JSON.stringify(params)} (${schemaPath})`,
    )
    return errors.slice(0, 6)
  }

  /** A template of the document; one that is written out goes before one with parameters. */
  private templateOf(pathname: string): string | undefined {
    const segments = pathname.split('/')
    const fitting = Object.keys(this.document.paths).filter((template) => {
      const parts = template.split('/')
      return (
        parts.length === segments.length &&
        parts.every((part, n) => (part.startsWith('{') ? segments[n] !== '' : part === segments[n]))
      )
    })
    return fitting.toSorted((a, b) => a.split('{').length - b.split('{').length)[0]
  }

  private at(pointer: readonly string[]): Node {
    return pointer.reduce((node: Node, key) => node[key], this.document)
  }

  private resolved(node: Node): Node {
    return node.$ref === undefined ? node : this.at(node.$ref.slice(2).split('/'))
  }

  private pointerOf(at: string[]): string[] {
    const { $ref } = this.at(at)
    return $ref === undefined ? at : $ref.slice(2).split('/')
  }

  /** Every schema with an example beside or in it that it does not allow. */
  wrongExamples(): string[] {
    const wrong: string[] = []
    const visit = (node: Node, pointer: string[]): void => {
      if (typeof node !== 'object' || node === null) return
      if (node.schema && node.example !== undefined)
        wrong.push(...this.invalid([...pointer, 'schema'], node.example, pointer.join('/')))
      if (Array.isArray(node.examples))
        for (const example of node.examples)
          wrong.push(...this.invalid(pointer, example, pointer.join('/')))
      for (const [key, inner] of Object.entries(node))
        if (key !== 'example' && key !== 'examples') visit(inner, [...pointer, key])
    }
    visit(this.document, [])
    return wrong
  }
}

const encoded = (key: string): string =>
  encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))

const mediaType = (type: string | null): string => (type ?? '').split(';', 1)[0]!.trim()

/** The names that stand before `=` and before brackets. */
const queryNames = (query: string): string[] => [
  ...new Set([...new URLSearchParams(query).keys()].map((name) => name.split('[', 1)[0]!)),
]
