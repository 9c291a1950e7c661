import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Combination } from '../examples/combinations.js'
import { bins, linkDependencies } from '../examples/make.js'
import { attempts, firstLines, reasonOf, type Step } from '../proof/attempt.js'
import { makeDatabase } from '../proof/database.js'
import { hashOf } from '../proof/emitted.js'
import * as steps from '../proof/steps.js'
import type { TestDatabase } from '../services/servers.js'
import { run } from '../support/process.js'
import type { CorpusSchema } from './discover.js'
import { labelOf, type Outcome, type Result } from './result.js'

export type ProofOptions = {
  /** Apps are made here, and removed when they pass. */
  readonly folder: string
  /** Workers of an app's own tests. */
  readonly workers: number
  /** Whether the app's own tests are run, which take most of the time. */
  readonly tests: boolean
  /** What an earlier run came to, if the same files were emitted then. */
  readonly known: (hash: string) => Result | undefined
}

/** Makes an app of a schema and takes it through all that its user would do, up to the first failure. */
export async function prove(
  schema: CorpusSchema,
  combination: Combination,
  options: ProofOptions,
): Promise<Result> {
  const root = join(options.folder, schema.name.replaceAll('/', '--'), labelOf(combination))
  await rm(root, { recursive: true, force: true })
  await mkdir(join(root, '..'), { recursive: true })
  const done: Step[] = []
  const base = { schema: schema.name, combination, provider: '', models: 0, hash: '', steps: done }

  const refusal = await create(schema, combination, root, done)
  if (refusal !== null) return judge({ ...base, ...refusal }, schema)

  const made = { ...base, ...(await describe(root)) }
  const known = options.known(made.hash)
  if (known !== undefined) return known
  const result = judge({ ...made, ...(await proveApp(root, made.provider, done, options)) }, schema)
  if (result.outcome !== 'failed') await rm(root, { recursive: true, force: true })
  return result
}

type Verdict = { readonly outcome: Outcome; readonly reason: string }

/** @returns null when there is an app */
async function create(
  { path }: CorpusSchema,
  { framework, mode }: Combination,
  root: string,
  done: Step[],
): Promise<Verdict | null> {
  const started = performance.now()
  const choices = ['--schema', path, '--framework', framework, '--mode', mode]
  const flags = ['--yes', '--no-install', '--no-git', '--quiet']
  const { code, output } = await run([process.execPath, bins.create, root, ...choices, ...flags], {
    cwd: join(root, '..'),
  })
  const seconds = (performance.now() - started) / 1000
  done.push({ name: 'create', ok: code === 0, seconds, detail: code === 0 ? '' : output })
  if (code === 0) return null
  const clear = code === 2 && !existsSync(root) && !/^\s+at .+:\d+:\d+\)?$/m.test(output)
  return { outcome: clear ? 'refused' : 'failed', reason: firstLines(output) }
}

async function describe(root: string): Promise<{ provider: string; models: number; hash: string }> {
  const text = await readFile(join(root, '.ssot', 'generation.json'), 'utf8')
  const { schema } = JSON.parse(text) as { schema: { provider: string; models: number } }
  return { provider: schema.provider, models: schema.models, hash: await hashOf(root) }
}

async function proveApp(
  root: string,
  provider: string,
  done: Step[],
  { workers, tests }: ProofOptions,
): Promise<Verdict> {
  const attempt = attempts(done)
  await linkDependencies(root)
  const bare = { root, env: {} }
  const compiles =
    (await attempt('client', () => steps.client(bare))) &&
    (await attempt('types', () => steps.types(bare))) &&
    (await attempt('lint', () => steps.lint(bare)))
  if (!compiles) return failed(done)
  if (provider === 'cockroachdb' || provider === 'sqlserver')
    return { outcome: 'database', reason: `no ${provider} here` }

  let server: TestDatabase | undefined
  const app = { root, env: {} as Record<string, string> }
  const create = async (): Promise<void> => {
    server = await makeDatabase(provider)
    if (server) app.env = { DATABASE_URL: server.url, TEST_DATABASE_URL: server.url }
    await steps.database(app)
  }
  try {
    if (!(await attempt('database', create))) return failedDatabase(done)
    const works =
      (await attempt('seed', () => steps.seed(app))) &&
      (await attempt('boot', () => steps.boot(app))) &&
      (!tests || (await attempt('tests', () => steps.ownTests(app, workers))))
    return works ? { outcome: 'passed', reason: '' } : failed(done)
  } finally {
    await server?.remove()
  }
}

const failed = (done: readonly Step[]): Verdict => ({ outcome: 'failed', reason: reasonOf(done) })

/** A database that lacks an extension is no fault of the app, when it is told which one. */
function failedDatabase(done: readonly Step[]): Verdict {
  const extension = /extension '([^']+)'/.exec(done.at(-1)?.detail ?? '')?.[1]
  return extension === undefined
    ? failed(done)
    : { outcome: 'database', reason: `the server lacks the extension ${extension}` }
}

function judge(result: Result, { expected }: CorpusSchema): Result {
  const { outcome } = result
  if (expected === 'refuse' && outcome !== 'refused' && outcome !== 'failed')
    return { ...result, outcome: 'failed', reason: 'was to be refused' }
  if (expected === 'pass' && outcome === 'refused')
    return { ...result, outcome: 'failed', reason: `was to pass: ${result.reason}` }
  return result
}
