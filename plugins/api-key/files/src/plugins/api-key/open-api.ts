import { z } from 'zod'
import { arrayOf, nullable, strictObject, type JsonSchema } from '../../openapi/json-schema.js'
import type { OpenApiPart } from '../../openapi/parts.js'
import { failures, json, success, type ProblemStatus } from '../../openapi/responses.js'
import { newKeyBody } from './endpoints.js'

const TAG = 'API keys'
const time: JsonSchema = { type: 'string', format: 'date-time' }

const info: Readonly<Record<string, JsonSchema>> = {
  id: { type: 'string' },
  name: { type: 'string' },
  prefix: { type: 'string', description: 'How the key begins.' },
  scopes: arrayOf({ type: 'string' }),
  createdAt: time,
  expiresAt: nullable(time),
  lastUsedAt: { ...nullable(time), description: 'To the minute.' },
}
const key: JsonSchema = { type: 'string', description: 'Shown this once.' }
const keyInfo = strictObject(info, Object.keys(info))
const newKey = strictObject({ ...info, key }, [...Object.keys(info), 'key'])
const dataOf = (data: JsonSchema): JsonSchema => json(strictObject({ data }, ['data']))

const { $schema: _, ...newKeySchema } = z.toJSONSchema(newKeyBody, { io: 'input' })

const operation = (
  operationId: string,
  summary: string,
  description: string,
  answer: JsonSchema,
  problems: readonly ProblemStatus[],
): Record<string, unknown> => ({
  operationId,
  summary,
  description,
  tags: [TAG],
  responses: { ...answer, ...failures([401, 403, ...problems, 500, 503]) },
})

const parameters = [
  {
    name: 'id',
    in: 'path',
    required: true,
    description: 'Of the key.',
    schema: { type: 'string' },
  },
]

/** What the OpenAPI document says of API keys. */
export const openApi: OpenApiPart = {
  tag: { name: TAG, description: 'Keys with which programs call in the name of a user.' },
  signsIn: ['apiKey'],
  securitySchemes: {
    apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A key of a user.' },
  },
  paths: {
    '/api/auth/api-keys': {
      get: operation(
        'listApiKeys',
        'List your keys',
        'The newest first.',
        { 200: success('Done.', dataOf(arrayOf(keyInfo))) },
        [],
      ),
      post: {
        ...operation(
          'createApiKey',
          'Make a key',
          'The answer holds the key. It is not shown again.',
          { 201: success('Done.', dataOf(newKey)) },
          [400, 409, 413, 415],
        ),
        requestBody: {
          required: true,
          content: json(newKeySchema as JsonSchema, { name: 'Nightly export', scopes: ['*'] }),
        },
      },
    },
    '/api/auth/api-keys/{id}': {
      delete: {
        ...operation(
          'revokeApiKey',
          'Take a key away',
          'It is void at once.',
          { 204: success('Done; there is nothing to say.', undefined) },
          [404],
        ),
        parameters,
      },
    },
    '/api/auth/api-keys/{id}/rotate': {
      post: {
        ...operation(
          'rotateApiKey',
          'Give a key another secret',
          'The old one is void at once.',
          { 200: success('Done.', dataOf(newKey)) },
          [404],
        ),
        parameters,
      },
    },
  },
}
