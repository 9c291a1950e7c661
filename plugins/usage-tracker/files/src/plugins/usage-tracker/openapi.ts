import { arrayOf, ref, strictObject } from '../../openapi/json-schema.js'
import { SHARED } from '../../openapi/names.js'
import type { OpenApiPart } from '../../openapi/parts.js'
import { failures, json, success } from '../../openapi/responses.js'

const TAG = 'Usage tracker'

const time = (name: string, description: string): object => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', format: 'date-time' },
})

const usage = strictObject(
  {
    method: { type: 'string' },
    route: { type: 'string', description: 'Pattern of the address.' },
    status: { type: 'integer' },
    requests: { type: 'integer', minimum: 0 },
    meanMs: { type: 'number', minimum: 0, description: 'Milliseconds on average.' },
  },
  ['method', 'route', 'status', 'requests', 'meanMs'],
)

const span = strictObject(
  {
    from: { type: 'string', format: 'date-time' },
    to: { type: 'string', format: 'date-time' },
  },
  ['from', 'to'],
)

/** What the OpenAPI document says of `GET /api/usage`. */
export const openapi: OpenApiPart = {
  tag: { name: TAG, description: 'How much this API is used.' },
  paths: {
    '/api/usage': {
      get: {
        operationId: 'readUsage',
        summary: 'Requests per route and answer',
        description: 'Sums of whole hours, the most frequent first.',
        tags: [TAG],
        security: [{ usageToken: [] }],
        parameters: [
          time('from', 'Begin; a day before the end where it is left out.'),
          time('to', 'End; now where it is left out.'),
        ],
        responses: {
          200: success(
            'Done.',
            json(strictObject({ data: arrayOf(usage), meta: span }, ['data', 'meta'])),
          ),
          401: {
            description: 'The token is missing, or another one.',
            content: { 'application/problem+json': { schema: ref(SHARED.problem) } },
          },
          ...failures([400, 500, 503]),
        },
      },
    },
  },
  securitySchemes: {
    usageToken: {
      type: 'apiKey',
      in: 'header',
      name: 'X-Usage-Token',
      description: 'USAGE_TOKEN of the server.',
    },
  },
}
