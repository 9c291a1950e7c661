import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.js'
import type { ConfigEdit } from '../config-edit.js'
import { CONFIG_FILE } from '../config-file.js'
import { editAppConfig } from '../edit-app-config.js'
import type { GenerateInput, GenerateResult } from '../generate.js'
import type { Provider } from '../schema/model.js'
import type { FollowChoices, SetupResult } from '../setup/index.js'
import { execCommand, renewCommand, type Command } from '../setup/package-manager.js'
import { runGenerate, showSteps } from './generating.js'
import type { Context } from './main.js'

export type How = {
  readonly dryRun: boolean
  /** Install, .env, client, database. */
  readonly setup: boolean
  /** True where an install is due though the packages are the same. */
  readonly install?: boolean
  /** Words of `ssot db migrate` for tables that come or go; null where they stay as they are. */
  readonly migrate: readonly string[] | null
  /** How package.json names this tool, where that is another one now under the same name. */
  readonly tool?: string | null
}

export type Changed = {
  readonly generated: GenerateResult
  /** Null where set-up was left out. */
  readonly setup: SetupResult | null
  /** What is left to type where set-up was left out. */
  readonly left: readonly Command[]
}

/**
 * Writes other choices into the config of an app, in one commit with the code that the merge of every run makes of them,
 * and does what follows: packages, `.env`, client, database.
 * @param config what the app has then
 * @param edits how its file gets there
 * @throws before anything is written; a step that fails is in the result
 */
export async function changeConfig(
  root: string,
  config: Config,
  edits: readonly ConfigEdit[],
  how: How,
  context: Context,
): Promise<Changed> {
  const before = await readConfigText(root)
  const content = await editAppConfig(root, before, edits)
  const { dryRun } = how
  const written = [{ path: CONFIG_FILE, before, content }]
  const input = { root, config, dryRun, force: false, edits: written, signal: context.signal }
  return regenerate(input, how, context)
}

/** Reads the config of an app; null where it has none. */
export async function readConfigText(root: string): Promise<string | null> {
  const path = join(root, CONFIG_FILE)
  return existsSync(path) ? readFile(path, 'utf8') : null
}

/**
 * Generates, and does what follows.
 * @throws as `changeConfig` does
 */
export async function regenerate(
  input: GenerateInput,
  how: How,
  context: Context,
): Promise<Changed> {
  const { root, config } = input
  const packages = await packagesOf(root)
  const generated = await runGenerate(input, context)
  if (how.dryRun) return { generated, setup: null, left: [] }
  const install =
    how.install === true ||
    !existsSync(join(root, 'node_modules')) ||
    (await packagesOf(root)) !== packages
  const { tool = null } = how
  const migrate = tablesChanged(generated) ? how.migrate : null
  const follow = { pm: config.pm, install, tool, migrate }
  // Nothing can be installed by a package.json that holds a conflict, nor run.
  const conflict = generated.changes.some(({ kind }) => kind === 'conflict')
  const setup = how.setup && !conflict ? await runSteps(root, generated, follow, context) : null
  return { generated, setup, left: setup === null ? commandsFor(follow) : [] }
}

const commandsFor = ({ pm, install, tool, migrate }: FollowChoices): Command[] => [
  ...(install ? [tool === null ? ([pm, 'install'] as const) : renewCommand(pm, tool)] : []),
  ...(migrate === null ? [] : [execCommand(pm, 'ssot', 'db', 'migrate', ...migrate)]),
  execCommand(pm, 'ssot', 'client'),
]

const tablesChanged = ({ changes }: GenerateResult): boolean =>
  changes.some(({ path, kind }) => /^prisma\/.*\.prisma$/.test(path) && kind !== 'keep')

/** What is installed, as package.json asks for it; one that holds a conflict is no JSON, and another text. */
async function packagesOf(root: string): Promise<string> {
  const text = await readFile(join(root, 'package.json'), 'utf8').catch(() => '{}')
  try {
    const { dependencies, devDependencies } = JSON.parse(text) as Record<string, unknown>
    return JSON.stringify([dependencies, devDependencies])
  } catch {
    return text
  }
}

async function runSteps(
  root: string,
  generated: GenerateResult,
  follow: FollowChoices,
  { terminal, signal }: Context,
): Promise<SetupResult> {
  const setup = await import('../setup/index.js')
  const choices = {
    pm: follow.pm,
    install: follow.install,
    ...{ git: false, insistOnGit: false, test: false, existingDatabase: null },
  }
  const provider = generated.schema.provider as Provider
  return setup.runSteps(
    setup.followSteps(follow),
    { root, choices, provider, variables: generated.env, signal },
    showSteps(terminal),
  )
}
