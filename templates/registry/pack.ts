import { copy, definePack, render, type ModelView } from '../../src/kit/index.js'

const FILES = [
  'controller.factory',
  'index',
  'registry',
  'router.factory',
  'service.factory',
  'validator.factory',
]

/** One entry per model; factories make the rest when the app starts. */
export const pack = definePack({
  id: 'registry',
  needs: ['base'],
  when: (app) => app.mode === 'registry',
  contribute: ({ models }) => ({
    files: [
      ...FILES.map((name) => copy(`src/registry/${name}.ts`)),
      render('src/registry/models.registry.ts', {
        models: models.map((model) => ({ delegate: model.delegate, routes: routesOf(model) })),
      }),
    ],
    slots: {
      'app.imports': [`import { resources } from './registry/index.js'`],
      'app.resources': ['...resources'],
    },
  }),
})

function routesOf({ operations }: ModelView): string {
  const { create, get, update, delete: remove } = operations
  const routes = { create, list: true, get, update, delete: remove }
  return Object.entries(routes)
    .flatMap(([name, on]) => (on ? [`${name}: true`] : []))
    .join(', ')
}
