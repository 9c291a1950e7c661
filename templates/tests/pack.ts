import {
  copy,
  definePack,
  literal,
  render,
  viewTests,
  type AppView,
  type EnvVar,
  type FileSpec,
} from '../../src/kit/index.js'
import { loginColumn } from '../auth/login.js'

/** Tests of every model over HTTP, against the real app on a database of its own. */
export const pack = definePack({
  id: 'tests',
  needs: ['base'],
  contribute: (app) => {
    const tests = viewTests(app, loginColumn(app))
    return {
      files: [
        render('vitest.config.ts', ({ env }) => ({ env: testEnv(env) })),
        render('test/support/setup.ts', { signIn: app.signIn }),
        ...supportOf(tests).map((name) => copy(`test/support/${name}.ts`)),
        copy('test/support/database.ts', `test/support/database/${databaseOf(app)}.ts`),
        copy('test/app.test.ts', 'test/app.ts'),
        ...tests.flatMap(modelFiles),
      ],
      devDependencies: ['vitest'],
      scripts: { test: 'ssot client && vitest run' },
    }
  },
})

/** Variables without which the app would not start. */
const testEnv = (env: readonly EnvVar[]): object[] =>
  env.flatMap(({ name, test }) => (test === undefined ? [] : [{ name, value: literal(test) }]))

type TestView = ReturnType<typeof viewTests>[number]

/** Helpers that the tests of these models need. */
function supportOf(tests: readonly TestView[]): string[] {
  return [
    ...['api', 'global-setup', 'server'],
    ...(tests.length > 0 ? ['refusals'] : []),
    ...(tests.some(({ factory }) => factory !== null) ? ['factory', 'resource'] : []),
    ...(tests.some(({ factory }) => factory === null) ? ['reading'] : []),
  ]
}

function databaseOf({ provider }: AppView): string {
  return provider === 'sqlite' || provider === 'postgresql' ? provider : 'server'
}

function modelFiles({ file, factory, ...view }: TestView): FileSpec[] {
  if (factory === null)
    return [render(`test/${file}.test.ts`, { ...view, file }, 'test/read-only.test.ts')]
  return [
    render(`test/${file}.test.ts`, { ...view, file }, 'test/model.test.ts'),
    render(`test/factories/${file}.ts`, factory, 'test/factories/model.ts'),
  ]
}
