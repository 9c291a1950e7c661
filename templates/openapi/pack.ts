import { copy, definePack, render } from '../../src/kit/index.js'

const FILES = [
  'bodies',
  'columns',
  'components',
  'document',
  'endpoints',
  'examples',
  'filters',
  'json-schema',
  'names',
  'operations',
  'parameters',
  'responses',
  'status',
]

/** OpenAPI 3.1, made at run time from the routes that serve it, and a page to read and try it. */
export const pack = definePack({
  id: 'openapi',
  needs: ['base'],
  contribute: ({ name }) => ({
    files: [
      ...FILES.map((file) => copy(`src/openapi/${file}.ts`)),
      render('src/openapi/info.ts', {
        title: JSON.stringify(name),
        contact: JSON.stringify(`Whoever runs ${name}`),
      }),
    ],
    dependencies: ['swagger-ui-dist'],
    slots: {
      'app.imports': [`import { docsEndpoints } from './openapi/endpoints.js'`],
      'app.endpoints': ['...docsEndpoints(resources)'],
    },
  }),
})
