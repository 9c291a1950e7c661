import { appView, copy, definePack, render } from '../../src/kit/index.js'

/** HTTP by Express. */
export const pack = definePack({
  id: 'http-express',
  needs: ['base'],
  when: (app) => app.framework === 'express',
  contribute: () => ({
    files: [copy('src/http/adapter.ts'), render('src/app.ts', appView)],
    dependencies: ['cors', 'express'],
    devDependencies: ['@types/cors', '@types/express'],
  }),
})
