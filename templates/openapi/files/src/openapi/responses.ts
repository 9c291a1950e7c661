import { arrayOf, ref, strictObject, type JsonSchema } from './json-schema.js'
import { SHARED } from './names.js'

export const json = (schema: JsonSchema, example?: unknown): JsonSchema => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
})

const headerRef = (name: string): JsonSchema => ({ $ref: `#/components/headers/${name}` })

/** Headers that answers of several operations have, by their names in `components`. */
export const HEADERS: Readonly<Record<string, JsonSchema>> = {
  ETag: {
    description: 'Changes with the row; left out where only some columns were selected.',
    schema: { type: 'string', pattern: '^"[\\w-]+\\.[\\w-]+"$' },
  },
  Location: {
    description: 'Address of the new row, where it has a key.',
    schema: { type: 'string', format: 'uri-reference' },
  },
  RequestId: {
    description:
      'Names the request in the log: what the caller sent as `X-Request-Id`, or a new id.',
    required: true,
    schema: { type: 'string', pattern: '^[\\w.-]{1,64}$' },
  },
  RetryAfter: {
    description: 'Seconds after which it is worth trying again.',
    schema: { type: 'integer', minimum: 0 },
  },
}

const REQUEST_ID = { 'X-Request-Id': headerRef('RequestId') }

/** An answer that says what was asked for. */
export function success(
  description: string,
  content: JsonSchema | undefined,
  headers: readonly ('ETag' | 'Location')[] = [],
): JsonSchema {
  const own = Object.fromEntries(headers.map((name) => [name, headerRef(name)]))
  return {
    description,
    headers: { ...own, ...REQUEST_ID },
    ...(content ? { content } : {}),
  }
}

interface ProblemText {
  readonly name: string
  readonly description: string
  readonly headers?: JsonSchema
}

/** Every way in which an operation can fail. */
const PROBLEMS = {
  400: { name: 'BadRequest', description: 'The request is wrong; `errors` names each place.' },
  401: { name: 'NotSignedIn', description: 'Nobody is signed in, or it was refused.' },
  403: { name: 'NotAllowed', description: 'Who is signed in may not do this.' },
  404: { name: 'NotFound', description: 'There is no such row.' },
  409: {
    name: 'Conflict',
    description: 'A unique value is taken, or a related row is missing or in the way.',
  },
  412: { name: 'Stale', description: 'The row has changed since the `ETag` you gave.' },
  413: { name: 'BodyTooLarge', description: 'The body is too large.' },
  415: { name: 'NotJson', description: 'The body is not JSON.' },
  429: {
    name: 'TooManyRequests',
    description: 'This was asked too often.',
    headers: { 'Retry-After': headerRef('RetryAfter') },
  },
  500: { name: 'InternalError', description: 'The server failed.' },
  503: {
    name: 'Unavailable',
    description: 'The database does not answer, another write came between, or it took too long.',
    headers: { 'Retry-After': headerRef('RetryAfter') },
  },
} as const satisfies Record<number, ProblemText>

export type ProblemStatus = keyof typeof PROBLEMS

const problem = ({ description, headers }: ProblemText): JsonSchema => ({
  description,
  headers: { ...headers, ...REQUEST_ID },
  content: PROBLEM_CONTENT,
})

const PROBLEM_CONTENT: JsonSchema = {
  'application/problem+json': { schema: ref(SHARED.problem) },
}

/** The answers to what went wrong, by their names in `components`. */
export const RESPONSES: Readonly<Record<string, JsonSchema>> = {
  NotModified: success('The row is still the one that you have.', undefined, ['ETag']),
  Refused: {
    description: 'The request as such is refused: 408 too slow, 431 its headers are too large.',
    content: PROBLEM_CONTENT,
  },
  ...Object.fromEntries(Object.values(PROBLEMS).map((text) => [text.name, problem(text)])),
}

const responseRef = (name: string): JsonSchema => ({ $ref: `#/components/responses/${name}` })

export const notModified = responseRef('NotModified')

/** The problems that an operation can end with; whatever else a server may refuse comes last. */
export const failures = (statuses: readonly ProblemStatus[]): JsonSchema => ({
  ...Object.fromEntries(statuses.map((status) => [status, responseRef(PROBLEMS[status].name)])),
  default: responseRef('Refused'),
})

/** Schemas that are the same in every document. */
export const SHARED_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  [SHARED.count]: strictObject(
    { data: strictObject({ count: { type: 'integer', minimum: 0 } }, ['count']) },
    ['data'],
  ),
  [SHARED.status]: strictObject({ status: { type: 'string', const: 'ok' } }, ['status']),
  [SHARED.pageMeta]: strictObject(
    {
      total: { type: 'integer', minimum: 0, description: 'Rows that match, on all pages.' },
      skip: { type: 'integer', minimum: 0 },
      take: { type: 'integer', minimum: 1 },
      hasMore: { type: 'boolean' },
      nextCursor: { type: ['string', 'null'], description: 'For `cursor`; null on the last page.' },
    },
    ['total', 'skip', 'take', 'hasMore', 'nextCursor'],
  ),
  [SHARED.problem]: {
    ...strictObject(
      {
        type: { type: 'string', format: 'uri' },
        title: { type: 'string' },
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: { type: 'string', description: 'For people.' },
        code: { type: 'string', description: 'For programs: it stays the same.' },
        instance: { type: 'string', description: 'The request id.' },
        errors: arrayOf(
          strictObject({ path: { type: 'string' }, message: { type: 'string' } }, [
            'path',
            'message',
          ]),
        ),
      },
      ['type', 'title', 'status', 'code'],
    ),
    description: 'What went wrong, as in RFC 9457.',
    examples: [
      {
        type: 'urn:problem-type:validation_failed',
        title: 'Bad request',
        status: 400,
        detail: 'nonsense: Unknown field.',
        code: 'validation_failed',
        instance: '0d8d0f0e-6f6c-4a6e-9a53-0a8a2f4a6c11',
        errors: [{ path: 'nonsense', message: 'Unknown field.' }],
      },
    ],
  },
}
