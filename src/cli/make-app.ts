import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { configOf, type Options } from '../config.js'
import { providerOfUrl } from '../database/database-url.js'
import { migrationName, writeMigration } from '../database/migrations.js'
import type { GenerateResult } from '../generate.js'
import type { Given } from '../options.js'
import type { SetupResult } from '../setup/index.js'
import type { Provider } from '../schema/model.js'
import { withDatabase, type DatabaseSource } from './database-source.js'
import { runGenerate, showSteps } from './generating.js'
import { checkTogether } from './gather.js'
import type { Context } from './main.js'
import {
  checkProgram,
  checkSchema,
  checkTarget,
  nearestExisting,
  removeEmptyFolders,
} from './target.js'

export type MadeApp = {
  readonly root: string
  readonly options: Options
  readonly generated: GenerateResult
  /** Null where set-up was left out. */
  readonly setup: SetupResult | null
  /** What `--start` came to; null where it was not asked for or not reached. */
  readonly start: { readonly failed: string | null } | null
  readonly ms: number
  /** One line: what was made. */
  readonly summary: string
}

/**
 * Makes an app: checks, generation, set-up, start. Nothing is written before all checks have passed.
 * @param given what was given expressly: a part of set-up that was asked for by name must not be skipped in silence
 * @throws UserError for wrong input; what generation throws. A step of set-up that fails is in the result.
 */
export async function makeApp(options: Options, given: Given, context: Context): Promise<MadeApp> {
  const started = performance.now()
  const { cwd, env } = context
  const { fromDatabase } = options
  const root = resolve(cwd, options.dir)
  checkTogether(given)
  if (fromDatabase === undefined) await checkSchema(configOf(options, cwd).schema, cwd)
  else providerOfUrl(fromDatabase)
  if (!options.dryRun && existsSync(join(root, '.ssot')))
    await (await import('../generate.js')).finishInterrupted(root)
  await checkTarget(root, { force: options.force, probe: !options.dryRun })
  if (willSetUp(options) && options.install) checkProgram(options.pm, env)
  const make = (source: DatabaseSource | null) => write(root, options, given, context, source)
  const made = await (fromDatabase === undefined
    ? make(null)
    : withDatabase(fromDatabase, context, make))
  const start =
    options.start && made.setup !== null && !made.setup.failed
      ? await runStart(root, options, context)
      : null
  const { models } = made.generated.schema
  const summary = `${options.dir}: ${models} models, ${made.generated.files} files`
  return { root, options, ...made, start, ms: performance.now() - started, summary }
}

/** Generation, the migration that stands for the tables of a database that is there, and set-up. */
async function write(
  root: string,
  options: Options,
  given: Given,
  context: Context,
  source: DatabaseSource | null,
): Promise<Pick<MadeApp, 'generated' | 'setup'>> {
  const existing = nearestExisting(root)
  const { dryRun, force } = options
  const config = configOf(options, context.cwd, source?.schema)
  const { signal } = context
  const generated = await runGenerate({ root, config, dryRun, force, signal }, context).catch(
    async (error) => {
      await removeEmptyFolders(root, existing)
      throw error
    },
  )
  if (source !== null && !dryRun) {
    const name = migrationName('baseline', new Date())
    writeMigration(root, source.provider, { name, sql: source.script })
  }
  const setup = willSetUp(options)
    ? await runSetup(root, options, given, generated, context, source?.url ?? null)
    : null
  return { generated: source === null ? generated : inApp(generated, root, source.schema), setup }
}

/** Notes on a schema that was read from a database point into the app, as it was not there before. */
const inApp = (generated: GenerateResult, root: string, schema: string): GenerateResult => ({
  ...generated,
  notices: generated.notices.map((notice) =>
    notice.at && resolve(notice.at.file) === schema
      ? { ...notice, at: { ...notice.at, file: join(root, 'prisma', 'schema.prisma') } }
      : notice,
  ),
})

const willSetUp = ({ setup, dryRun }: Options): boolean => setup && !dryRun

async function runSetup(
  root: string,
  options: Options,
  given: Given,
  generated: GenerateResult,
  { terminal, signal }: Context,
  existingDatabase: string | null,
): Promise<SetupResult> {
  const { setUp } = await import('../setup/index.js')
  const { pm, install, git, test } = options
  const insistOnGit = given.git === true
  const choices = { pm, install, git, test, insistOnGit, existingDatabase }
  const provider = generated.schema.provider as Provider
  const context = { root, choices, provider, variables: generated.env, signal }
  return setUp(context, showSteps(terminal))
}

async function runStart(
  root: string,
  { pm }: Options,
  { terminal, signal }: Context,
): Promise<MadeApp['start']> {
  const { startApp } = await import('../setup/index.js')
  terminal.note('start: Ctrl-C stops the app')
  try {
    await startApp(root, pm, {
      signal,
      onLine: (line) => terminal.note(line),
      onReady: ({ url, docs, example }) =>
        terminal.note(
          `\nThe app answers: ${url}\n  API pages: ${docs}\n  Try it: curl ${example}\n`,
        ),
    })
    return { failed: null }
  } catch (error) {
    if (signal.aborted) return { failed: null }
    return { failed: error instanceof Error ? error.message : String(error) }
  }
}
