import { copy, definePack, pluginImports, render, type Contributed } from '../../src/kit/index.js'

const FILES = [
  'bodies',
  'components',
  'endpoints',
  'examples',
  'filters',
  'json-schema',
  'names',
  'parameters',
  'status',
]

/** OpenAPI 3.1, made at run time from the routes that serve it, and a page to read and try it. */
export const pack = definePack({
  id: 'openapi',
  needs: ['base'],
  contribute: ({ name, signIn }) => ({
    files: [
      ...FILES.map((file) => copy(`src/openapi/${file}.ts`)),
      ...['columns', 'custom', 'operations', 'responses'].map((file) =>
        render(`src/openapi/${file}.ts`, { signIn }),
      ),
      render('src/openapi/document.ts', (all) => ({ ...partsView(all), signIn })),
      {
        ...render('src/openapi/parts.ts', partsView),
        when: ({ slots }) => slots['openapi.parts'].length > 0,
      },
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

const partsView = (all: Contributed) => ({
  plugins: pluginImports(all, 'openapi.parts'),
  parts: all.slots['openapi.parts'],
})
