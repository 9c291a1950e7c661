import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { attempts, reasonOf, type Attempt, type Step } from '../proof/attempt.js'
import { makeDatabase } from '../proof/database.js'
import { hashOf } from '../proof/emitted.js'
import * as proof from '../proof/steps.js'
import type { TestDatabase } from '../services/servers.js'
import { packageManager, type PackageManager } from './package-managers.js'
import type { RowResult } from './result.js'
import { flagsOf, labelOf, type Row } from './rows.js'
import * as steps from './steps.js'

export type ProofOptions = {
  /** Apps are made here, and removed when they pass. */
  readonly folder: string
  /** What an earlier run came to, if the same files were emitted then. */
  readonly known: (hash: string) => RowResult | undefined
}

/** Makes the app of a row and takes it through all that its user would do, up to the first failure. */
export async function proveRow(row: Row, { folder, known }: ProofOptions): Promise<RowResult> {
  const place = join(folder, labelOf(row).replaceAll(/\W+/g, '-'))
  await rm(place, { recursive: true, force: true })
  const done: Step[] = []
  const attempt = attempts(done)
  let server: TestDatabase | undefined
  let hash = ''
  const emit = async (): Promise<void> => {
    const root = join(place, 'emitted', 'app')
    await steps.create({ root, env: {} }, [...flagsOf(row), '--no-setup'])
    hash = await hashOf(root)
  }
  if (!(await attempt('emit', emit))) return failed(row, hash, done)
  const earlier = known(hash)
  if (earlier) {
    await rm(place, { recursive: true, force: true })
    return earlier
  }
  try {
    const prepare = async (): Promise<void> => {
      server = await databaseOf(row)
    }
    if (!(await attempt('server', prepare))) return failed(row, hash, done)
    const pm = await packageManager(String(row['pm']), join(place, 'cache'))
    if (!(await proveApp(row, join(place, 'app'), pm, server?.url, attempt)))
      return failed(row, hash, done)
    await rm(place, { recursive: true, force: true, maxRetries: 5 })
    return { row, outcome: 'passed', reason: '', hash, steps: done }
  } finally {
    await server?.remove()
  }
}

const failed = (row: Row, hash: string, done: readonly Step[]): RowResult => ({
  row,
  outcome: 'failed',
  reason: reasonOf(done),
  hash,
  steps: done,
})

/** Where a row wants a server: a database on it. Without a server PostgreSQL is the embedded one. */
async function databaseOf(row: Row): Promise<TestDatabase | undefined> {
  const [provider = '', place] = String(row['database']).split(' ')
  return place === 'server' ? makeDatabase(provider) : undefined
}

async function proveApp(
  row: Row,
  root: string,
  pm: PackageManager,
  url: string | undefined,
  attempt: Attempt,
): Promise<boolean> {
  const databaseEnv: Record<string, string> = url ? { TEST_DATABASE_URL: url } : {}
  const app = { root, env: { ...pm.env, ...databaseEnv } }
  // What no database is embedded for is found by its address in the environment.
  const maker = { root, env: url ? { ...pm.env, DATABASE_URL: url } : pm.env }
  const run = (name: string): Promise<string> => steps.script(app, pm, name)
  const switched = async (): Promise<void> => {
    await steps.useServer(app, url ?? '')
    await run('db:deploy')
    await run('db:seed')
  }
  const scripts = async (): Promise<void> => {
    for (const name of ['typecheck', 'lint', 'build']) await run(name)
  }
  const image = imageDatabase(row, url)
  return (
    (await attempt('create', () => steps.create(maker, flagsOf(row)))) &&
    (row['database'] !== 'postgresql server' || !url || (await attempt('switch', switched))) &&
    (await attempt('types', () => proof.types(app))) &&
    (row['format'] === false || (await attempt('lint', () => proof.lint(app)))) &&
    (await attempt('scripts', scripts)) &&
    (await attempt('boot', () => proof.boot(app))) &&
    (await attempt('tests', () => steps.tests(app, pm))) &&
    (await attempt('locked', () => steps.installLocked(app, pm))) &&
    (image === null || (await attempt('production', () => steps.production(app, pm, image))))
  )
}

/** What the compiled app works on; the embedded PostgreSQL is for development alone. */
function imageDatabase(row: Row, url: string | undefined): string | null {
  if (url) return url
  return row['database'] === 'sqlite' ? 'file:./data/app.db' : null
}
