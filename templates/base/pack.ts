import {
  commandsOf,
  copy,
  definePack,
  render,
  viewSeed,
  type AppView,
  type Contributed,
  type EnvVar,
  type FileSpec,
} from '../../src/kit/index.js'
import { databaseParts } from './database.js'
import { SERVER_ENV } from './server-env.js'
import { composeEnv, deploymentFiles } from './deployment.js'
import { installScripts, jsonEntries, packageManagerFiles } from './package-managers.js'
import { pluginChoices, pluginHosts } from './plugins.js'
import { readmeView } from './readme.js'

/** What every app has, whatever its framework and mode. */
export const pack = definePack({
  id: 'base',
  contribute(app) {
    const database = databaseParts(app)
    return {
      files: [
        ...projectFiles(app),
        ...schemaFiles(app),
        ...customFiles(app),
        ...deploymentFiles(app),
        ...HTTP_FILES.map((name) => copy(`src/http/${name}.ts`)),
        ...pluginHosts(app),
        copy('src/log.ts'),
        render('src/env.ts', ({ env }) => envView(env)),
        ...(database.files ?? []),
      ],
      dependencies: [
        '@prisma/client',
        'helmet',
        'ioredis',
        'pino',
        'qs',
        'rate-limiter-flexible',
        'zod',
        ...(database.dependencies ?? []),
      ],
      devDependencies: [
        ...['@types/node', '@types/qs', 'create-ssot-app', 'oxfmt', 'oxlint', 'plop', 'tsx'],
        'typescript',
        ...['@prisma/client-generator-ts', '@prisma/internals'],
        ...(database.devDependencies ?? []),
      ],
      scripts: SCRIPTS,
      env: [...SERVER_ENV, ...(database.env ?? []), ...composeEnv(app)],
    }
  },
})

const HTTP_FILES = [
  'access-check',
  'access-types',
  'address',
  'after',
  'body',
  'bulk',
  'caching',
  'column-input',
  'cost',
  'custom',
  'custom-types',
  'database-errors',
  'dates',
  'delegate',
  'errors',
  'id',
  'json-body',
  'json-operators',
  'keys',
  'limits',
  'listen',
  'lookup',
  'network-throttle',
  'operators',
  'order',
  'paths',
  'precondition',
  'prisma-errors',
  'problem',
  'query',
  'query-string',
  'reading',
  'related',
  'relation-input',
  'resource',
  'retry',
  'scalar-input',
  'selection',
  'target',
  'text-operators',
  'throttle',
  'value-limits',
  'values',
  'where',
]

// `ssot client` does nothing when the schema has not changed since the last one.
const SCRIPTS = {
  build: 'ssot client && tsc -p tsconfig.build.json',
  client: 'ssot client',
  'db:deploy': 'ssot db deploy',
  'db:migrate': 'ssot db migrate',
  'db:seed': 'ssot db seed',
  dev: 'ssot client && tsx watch src/server.ts',
  format: 'oxfmt',
  generate: 'ssot generate',
  lint: 'oxlint',
  plop: 'plop',
  start: 'node dist/server.js',
  typecheck: 'ssot client && tsc',
}

const projectFiles = (app: AppView): FileSpec[] => [
  render('package.json', (all) => packageView(app, all)),
  render('tsconfig.json', { local: hasLocal(app) }),
  copy('tsconfig.build.json'),
  copy('plopfile.js'),
  render('.gitignore', { yarn: app.packageManager === 'yarn' }, '_gitignore'),
  copy('.gitattributes', '_gitattributes'),
  render('.oxfmtrc.json', { local: hasLocal(app) }, '_oxfmtrc.json'),
  copy('.oxlintrc.json', '_oxlintrc.json'),
  render('.env.example', ({ env }) => ({ env }), '_env.example'),
  render('ssot.config.ts', {
    ...choicesOf(app),
    generate: `${commandsOf(app.packageManager).exec} ssot generate`,
  }),
  render('README.md', (all) => readmeView(app, all)),
  ...packageManagerFiles(app.packageManager),
]

/** Plugins of the app itself lie beside its code. */
const hasLocal = ({ plugins }: AppView): boolean => plugins.some(({ local }) => local)

const choicesOf = ({ framework, mode, packageManager, plugins }: AppView) => ({
  framework,
  mode,
  packageManager,
  ...pluginChoices(plugins),
})

function schemaFiles(app: AppView): FileSpec[] {
  const typed = app.models.some((model) => model.uses.enumsInDto) && app.mode === 'layered'
  const files = app.schema.files.map(({ path, content }): FileSpec => ({
    ...render(`prisma/${path}`, { content }, 'prisma/file.prisma'),
    onExisting: 'skip',
  }))
  return [
    ...files,
    { ...render('prisma/seed.ts', viewSeed(app)), onExisting: 'skip' },
    copy('src/schema/meta.ts'),
    render('src/schema/models.ts', modelsView(app)),
    ...(app.hasEnums ? [render('src/schema/enums.ts', { enums: app.enums, typed })] : []),
  ]
}

/** What users add to each model; it lies where the mode looks for it, and says the same in both. */
const customFiles = ({ models, mode }: AppView): FileSpec[] =>
  models
    .filter(({ writable }) => writable)
    .map(({ name, file, pluralLabel }) => {
      const folder = mode === 'layered' ? `src/models/${file}` : 'src/registry/custom'
      const things = pluralLabel.charAt(0).toLowerCase() + pluralLabel.slice(1)
      return {
        ...render(`${folder}/${file}.custom.ts`, { name, things }, 'src/custom/model.custom.ts'),
        onExisting: 'skip',
      }
    })

const modelsView = ({ models, provider }: AppView): object => ({
  models,
  provider,
  hasEnums: models.some((model) => model.uses.enumsInMeta),
})

const envView = (env: readonly EnvVar[]): object => ({
  variables: env,
  secrets: env
    .filter((variable) => variable.secret)
    .map(({ name, example }) => ({ name, sample: JSON.stringify(example) })),
})

function packageView(app: AppView, all: Contributed): object {
  return {
    name: JSON.stringify(app.name),
    scripts: jsonEntries(all.scripts),
    dependencies: jsonEntries(all.dependencies),
    devDependencies: jsonEntries({ ...all.devDependencies, 'create-ssot-app': app.toolSpecifier }),
    installScripts: jsonEntries(installScripts(app.packageManager)),
  }
}
