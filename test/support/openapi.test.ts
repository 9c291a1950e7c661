import { describe, expect, it } from 'vitest'
import { OpenApi, type Exchange } from './openapi.js'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: object) => ({ 'application/json': { schema } })
const object = (properties: object, required: readonly string[]) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})

const api = new OpenApi({
  openapi: '3.1.0',
  info: { title: 'Shelf', version: '1.0.0' },
  paths: {
    '/books/{id}': {
      get: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'select', in: 'query', schema: { type: 'string' } },
        ],
        responses: {
          200: {
            description: 'Done.',
            headers: { ETag: { required: true, schema: { type: 'string', pattern: '^"' } } },
            content: json(ref('BookResult')),
          },
          '4XX': { $ref: '#/components/responses/Refused' },
        },
      },
      put: {
        requestBody: { content: json(ref('Book')) },
        responses: { 204: { description: 'Done.' } },
      },
    },
    '/books/count': {
      get: { responses: { 200: { description: 'Done.', content: json({ type: 'integer' }) } } },
    },
  },
  components: {
    schemas: {
      Book: object({ id: { type: 'string' }, title: { type: 'string' } }, ['id', 'title']),
      BookResult: object({ data: ref('Book') }, ['data']),
      Problem: object({ status: { type: 'integer' } }, ['status']),
    },
    responses: {
      Refused: {
        description: 'Refused.',
        content: { 'application/problem+json': { schema: ref('Problem') } },
      },
    },
  },
})

const PROBLEM = { type: 'application/problem+json; charset=utf-8', headers: new Headers() }

const wrong = (differs: Partial<Exchange>): string[] =>
  api.mismatches({
    method: 'GET',
    path: '/books/a',
    sent: undefined,
    status: 200,
    type: 'application/json; charset=utf-8',
    headers: new Headers({ etag: '"1"' }),
    body: { data: { id: 'a', title: 'A' } },
    ...differs,
  })

describe('an exchange', () => {
  it.each<[string, Partial<Exchange>]>([
    ['one row', {}],
    ['HEAD, as GET without its body', { method: 'HEAD', body: undefined, type: null }],
    ['some columns of a row', { path: '/books/a?select=id', body: { data: { id: 'a' } } }],
    ['a problem', { ...PROBLEM, status: 404, body: { status: 404 } }],
    ['a path nobody knows', { ...PROBLEM, path: '/x', status: 404, body: { status: 404 } }],
    [
      'a method it does not have',
      { ...PROBLEM, method: 'POST', status: 405, body: { status: 405 } },
    ],
    ['what is allowed', { method: 'OPTIONS', status: 204, headers: new Headers({ allow: 'GET' }) }],
    [
      'a path written out before one with a parameter',
      { path: '/books/count', body: 1, headers: new Headers() },
    ],
  ])('is as documented: %s', (_what, differs) => {
    expect(wrong(differs)).toEqual([])
  })

  it.each<[RegExp, Partial<Exchange>]>([
    [/^answers 302, which is not documented$/, { status: 302 }],
    [/^is of type 'text\/html'/, { type: 'text/html' }],
    [/^lacks the header ETag$/, { headers: new Headers() }],
    [/^ETag: 1: data must match pattern/, { headers: new Headers({ etag: '1' }) }],
    [/^has the header location, /, { headers: new Headers({ etag: '"1"', location: '/' }) }],
    [/^answer\/data must have required property 'title'/, { body: { data: { id: 'a' } } }],
    [/^answer\/data\/title must be string/, { body: { data: { id: 'a', title: 1 } } }],
    [/must NOT have additional properties/, { body: { data: { id: 'a', title: 'A', secret: 1 } } }],
    [/^answer must be object/, { body: undefined }],
    [/must be string/, { path: '/books/a?select=id', body: { data: { id: 1 } } }],
    [/^took the parameter nonsense, /, { path: '/books/a?nonsense[x]=1' }],
    [/^answer must have required property 'status'/, { ...PROBLEM, status: 404, body: {} }],
    [/^is answered, but not documented$/, { path: '/x' }],
    [/^is answered, but not documented$/, { method: 'DELETE' }],
    [/^says nothing of what is allowed$/, { method: 'OPTIONS', status: 204 }],
    [
      /^request must have required property 'title'/,
      { method: 'PUT', status: 204, headers: new Headers(), body: undefined, sent: { id: 'a' } },
    ],
    [
      /^has a body where none is documented$/,
      { method: 'PUT', status: 204, headers: new Headers(), sent: { id: 'a', title: 'A' } },
    ],
  ])('is not: %s', (message, differs) => {
    expect(wrong(differs)).toEqual([expect.stringMatching(message)])
  })
})

describe('an example', () => {
  it('that its schema does not allow is found, beside a schema and in it', () => {
    const at = (schema: object, example: unknown) =>
      new OpenApi({ paths: {}, components: { schemas: {} }, info: { schema, example } })
    expect(at({ type: 'string', examples: ['a'] }, 'a').wrongExamples()).toEqual([])
    expect(at({ type: 'string' }, 1).wrongExamples()).toHaveLength(1)
    expect(at({ type: 'string', examples: [1] }, 'a').wrongExamples()).toHaveLength(1)
  })
})
