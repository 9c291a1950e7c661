import { ref, type JsonSchema } from './json-schema.js'
import { SHARED } from './names.js'
import { failures, json, success, type ProblemStatus } from './responses.js'

/** A model can't be called so: its name has no space. */
const STATUS = 'Server status'
const ABOUT = 'About this API'

/** Groups of the routes beside the models. */
export const STATUS_TAGS = [
  { name: STATUS, description: 'For load balancers and monitors.' },
  { name: ABOUT, description: 'This description of the API.' },
] as const

interface Beside {
  readonly id: string
  readonly summary: string
  readonly description: string
  readonly tag: string
  readonly content: JsonSchema
  readonly parameters?: readonly object[]
  readonly problems?: readonly ProblemStatus[]
}

const read = ({ id, tag, content, parameters, problems = [], ...texts }: Beside): JsonSchema => ({
  get: {
    operationId: id,
    ...texts,
    tags: [tag],
    ...(parameters ? { parameters } : {}),
    responses: { 200: success('It is so.', content), ...failures([400, ...problems, 500]) },
  },
})

const text = (type: string): JsonSchema => ({ [type]: { schema: { type: 'string' } } })

/** The routes beside the models. */
export const STATUS_PATHS: Readonly<Record<string, JsonSchema>> = {
  '/health': read({
    id: 'checkHealth',
    summary: 'Does the server live?',
    description: 'Asks nothing of the database.',
    tag: STATUS,
    content: json(ref(SHARED.status)),
  }),
  '/ready': read({
    id: 'checkReadiness',
    summary: 'Does the database answer?',
    description: 'Send no requests to a server that is not ready.',
    tag: STATUS,
    content: json(ref(SHARED.status)),
    problems: [503],
  }),
  '/openapi.json': read({
    id: 'readDescription',
    summary: 'This document',
    description: 'OpenAPI 3.1, made from the routes and validators that are at work.',
    tag: ABOUT,
    content: json({ type: 'object' }),
  }),
  '/docs': read({
    id: 'readDocs',
    summary: 'This document as a page',
    description: 'To read and to try.',
    tag: ABOUT,
    content: text('text/html'),
  }),
  '/docs/{file}': read({
    id: 'readDocsFile',
    summary: 'What the page is made of',
    description: 'Styles and scripts.',
    tag: ABOUT,
    content: { ...text('text/css'), ...text('text/javascript') },
    parameters: [
      {
        name: 'file',
        in: 'path',
        required: true,
        description: 'Name of the file.',
        schema: { enum: ['start.js', 'swagger-ui-bundle.js', 'swagger-ui.css'], type: 'string' },
      },
    ],
  }),
}
