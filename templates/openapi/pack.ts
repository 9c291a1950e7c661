import { copy, definePack, render } from '../../src/kit/index.js'

const FILES = [
  'bodies',
  'columns',
  'document',
  'endpoints',
  'filters',
  'json-schema',
  'operations',
  'parameters',
]

/** OpenAPI 3.1, made at run time from the routes that serve it, and a page to read and try it. */
export const pack = definePack({
  id: 'openapi',
  needs: ['base'],
  contribute: ({ name }) => ({
    files: [
      ...FILES.map((file) => copy(`src/openapi/${file}.ts`)),
      render('src/openapi/info.ts', { title: JSON.stringify(name) }),
    ],
    dependencies: ['swagger-ui-dist'],
    slots: {
      'app.imports': [`import { docsEndpoints } from './openapi/endpoints.js'`],
      'app.endpoints': ['...docsEndpoints(resources)'],
    },
  }),
})
