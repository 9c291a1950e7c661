import { appView, copy, definePack, render } from '../../src/kit/index.js'

/** HTTP by Fastify. */
export const pack = definePack({
  id: 'http-fastify',
  needs: ['base'],
  when: (app) => app.framework === 'fastify',
  contribute: () => ({
    files: [copy('src/http/adapter.ts'), render('src/app.ts', appView)],
    dependencies: ['@fastify/cors', 'fastify'],
  }),
})
