import {
  copy,
  definePack,
  render,
  viewTests,
  type AppView,
  type FileSpec,
} from '../../src/kit/index.js'

/** Tests of every model over HTTP, against the real app on a database of its own. */
export const pack = definePack({
  id: 'tests',
  needs: ['base'],
  contribute: (app) => ({
    files: [
      copy('vitest.config.ts'),
      ...['api', 'factory', 'global-setup', 'resource', 'server', 'setup'].map((name) =>
        copy(`test/support/${name}.ts`),
      ),
      copy('test/support/database.ts', `test/support/database/${databaseOf(app)}.ts`),
      copy('test/app.test.ts'),
      ...viewTests(app).flatMap(modelFiles),
    ],
    devDependencies: ['vitest'],
    scripts: { test: 'ssot client && vitest run' },
  }),
})

function databaseOf({ provider }: AppView): string {
  return provider === 'sqlite' || provider === 'postgresql' ? provider : 'server'
}

function modelFiles({ file, factory, ...view }: ReturnType<typeof viewTests>[number]): FileSpec[] {
  if (factory === null)
    return [render(`test/${file}.test.ts`, { ...view, file }, 'test/read-only.test.ts')]
  return [
    render(`test/${file}.test.ts`, { ...view, file }, 'test/model.test.ts'),
    render(`test/factories/${file}.ts`, factory, 'test/factories/model.ts'),
  ]
}
