import { z } from 'zod'
import { strictObject, type JsonSchema } from '../../openapi/json-schema.js'
import type { OpenApiPart } from '../../openapi/parts.js'
import { failures, json, success } from '../../openapi/responses.js'
import { codeBody } from './endpoints.js'

const TAG = 'Signing in with Google'
const text: JsonSchema = { type: 'string' }

const code = strictObject({ data: strictObject({ code: text }, ['code']) }, ['data'])
const tokenFields = {
  accessToken: text,
  tokenType: { type: 'string', const: 'Bearer' },
  expiresIn: { type: 'integer' },
  refreshToken: text,
}
const tokens = strictObject({ data: strictObject(tokenFields, Object.keys(tokenFields)) }, ['data'])
const { $schema: _, ...codeSchema } = z.toJSONSchema(codeBody, { io: 'input' })

const redirect: JsonSchema = {
  description: 'Go on there.',
  headers: { Location: { description: 'Where.', schema: { type: 'string', format: 'uri' } } },
}

/** What the OpenAPI document says of signing in with Google. */
export const openApi: OpenApiPart = {
  tag: { name: TAG, description: 'For browsers: there and back again.' },
  paths: {
    '/api/auth/google': {
      get: {
        operationId: 'goToGoogle',
        summary: 'Go to Google',
        description: 'A link for people; it sets a cookie.',
        tags: [TAG],
        security: [],
        responses: { 302: redirect, ...failures([400, 500, 503]) },
      },
    },
    '/api/auth/google/callback': {
      get: {
        operationId: 'comeBackFromGoogle',
        summary: 'Come back from Google',
        description: 'Goes on to SIGNED_IN_URL with a code for tokens, or answers the code.',
        tags: [TAG],
        security: [],
        responses: {
          200: success('Done.', json(code)),
          302: redirect,
          ...failures([400, 401, 403, 409, 429, 500, 503]),
        },
      },
    },
    '/api/auth/google/tokens': {
      post: {
        operationId: 'changeGoogleCode',
        summary: 'Change the code for tokens',
        description: 'It is good once, for a minute.',
        tags: [TAG],
        security: [],
        requestBody: { required: true, content: json(codeSchema as JsonSchema) },
        responses: {
          200: success('Done.', json(tokens)),
          ...failures([400, 401, 413, 415, 500, 503]),
        },
      },
    },
  },
}
