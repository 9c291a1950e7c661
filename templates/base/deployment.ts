import {
  commandsOf,
  copy,
  render,
  type AppView,
  type Contributed,
  type EnvVar,
  type FileSpec,
} from '../../src/kit/index.js'
import { DATABASE_PASSWORD } from './server-env.js'

type Server = {
  readonly url: string
  readonly image: string
  readonly settings: readonly { readonly key: string; readonly value: string }[]
  readonly folder: string
  readonly healthcheck: string
}

/** Of the database; compose reads it from .env, or says that it is missing. */
const PASSWORD = `\${${DATABASE_PASSWORD.name}:?a password of your own, see .env.example}`

const POSTGRESQL: Server = {
  url: `postgresql://app:${PASSWORD}@database:5432/app`,
  image: 'postgres:17',
  settings: [
    { key: 'POSTGRES_USER', value: 'app' },
    { key: 'POSTGRES_PASSWORD', value: PASSWORD },
    { key: 'POSTGRES_DB', value: 'app' },
  ],
  folder: '/var/lib/postgresql/data',
  healthcheck: "['CMD', 'pg_isready', '-U', 'app']",
}
const MYSQL: Server = {
  url: `mysql://app:${PASSWORD}@database:3306/app`,
  image: 'mariadb:11',
  settings: [
    { key: 'MARIADB_USER', value: 'app' },
    { key: 'MARIADB_PASSWORD', value: PASSWORD },
    { key: 'MARIADB_DATABASE', value: 'app' },
    { key: 'MARIADB_RANDOM_ROOT_PASSWORD', value: "'yes'" },
  ],
  folder: '/var/lib/mysql',
  healthcheck: "['CMD', 'healthcheck.sh', '--connect', '--innodb_initialized']",
}
const SERVERS: Readonly<Partial<Record<AppView['provider'], Server>>> = {
  postgresql: POSTGRESQL,
  mysql: MYSQL,
}

/** What compose alone reads. */
export const composeEnv = ({ provider }: AppView): EnvVar[] =>
  SERVERS[provider] === undefined ? [] : [DATABASE_PASSWORD]

/** Container image and compose file; for a database without a compose recipe the image alone. */
export function deploymentFiles(app: AppView): FileSpec[] {
  const { bootstrap, lockfile, installLocked, installProduction, run } = commandsOf(
    app.packageManager,
  )
  const server = SERVERS[app.provider]
  const image = {
    bootstrap,
    lockfile,
    installAll: installLocked,
    installProduction,
    build: `${run} build`,
  }
  const composed = server !== undefined || app.provider === 'sqlite'
  return [
    render('Dockerfile', { ...image, carriesTool: app.toolSpecifier.startsWith('file:') }),
    copy('.dockerignore', '_dockerignore'),
    ...(composed ? [render('compose.yaml', (all) => composeView(server, all))] : []),
  ]
}

const composeView = (server: Server | undefined, { env }: Contributed): object => ({
  ...(server === undefined
    ? { server: false, url: 'file:./data/app.db' }
    : { server: true, ...server }),
  // Compose reads them from .env; without them the app would not start.
  secrets: env
    .filter(({ name, secret }) => secret && name !== DATABASE_PASSWORD.name)
    .map(({ name }) => name),
})
