import { commandsOf, type AppView, type Contributed, type ModelView } from '../../src/kit/index.js'

const FRAMEWORKS = { express: 'Express', fastify: 'Fastify' } as const
const MODES = { registry: 'one registry of models', layered: 'one folder per model' } as const
const DATABASES = {
  sqlite: 'SQLite',
  postgresql: 'PostgreSQL (in process until `DATABASE_URL` names a server)',
  mysql: 'MySQL',
  cockroachdb: 'CockroachDB',
  sqlserver: 'SQL Server',
} as const

/** What the app's README tells. */
export function readmeView(app: AppView, all: Contributed): object {
  const { install, run, exec } = commandsOf(app.packageManager)
  const [sample] = app.models
  const count = app.models.length
  return {
    ...{ name: app.name, install, run, exec },
    test: app.packageManager === 'npm' ? 'npm test' : `${run} test`,
    modelCount: `${count} ${count === 1 ? 'model' : 'models'}`,
    frameworkName: FRAMEWORKS[app.framework],
    modeName: MODES[app.mode],
    databaseName: DATABASES[app.provider],
    sample: sample?.path ?? null,
    sampleField: sample?.visible[0]?.name ?? 'id',
    models: app.models.map((model) => ({
      path: model.path,
      name: model.name,
      served: servedBy(model),
    })),
    textKey: app.schema.models.find(hasTextKey)?.key?.fields[0] ?? null,
    notes: app.schema.notices.filter((n) => n.code === 'not-served').map((n) => n.message),
    embedded: app.provider === 'postgresql',
    layered: app.mode === 'layered',
    customFiles: app.mode === 'layered' ? 'src/models/author/author' : 'src/registry/custom/author',
    lists: app.provider === 'postgresql' || app.provider === 'cockroachdb',
    routes: all.routes,
    env: all.env,
    sections: all.slots['readme.sections'],
  }
}

type Model = AppView['schema']['models'][number]

/** True where whoever makes a row chooses the text that is its address. */
const hasTextKey = ({ key, fields }: Model): boolean =>
  key?.fields.length === 1 &&
  fields.some(
    (field) => field.name === key.fields[0] && field.type === 'String' && !isGenerated(field),
  )

const isGenerated = (field: Model['fields'][number]): boolean =>
  field.kind === 'scalar' && field.default?.kind === 'function'

function servedBy({ operations }: ModelView): string {
  const served = [
    'list',
    ...(operations.get ? ['get'] : []),
    ...(operations.create ? ['create'] : []),
    ...(operations.update ? ['update'] : []),
    ...(operations.delete ? ['delete'] : []),
  ]
  return served.join(', ')
}
