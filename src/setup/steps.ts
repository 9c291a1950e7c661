import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnvVar } from '../kit/index.js'
import type { Provider } from '../schema/model.js'
import { VERSION } from '../version.js'
import { readVariable, writeEnvFile } from './env-file.js'
import { gitHindrance, makeRepository } from './git.js'
import {
  execCommand,
  installCommand,
  renewCommand,
  scriptCommand,
  type Command,
  type PackageManager,
} from './package-manager.js'
import { CommandError, runCommand } from './run.js'

export type SetupChoices = {
  readonly pm: PackageManager
  readonly install: boolean
  readonly git: boolean
  /** True where git was asked for by name: then it is not skipped in silence. */
  readonly insistOnGit: boolean
  readonly test: boolean
  /** Address of a database that is there: it is served as it is. Null: one is created and filled. */
  readonly existingDatabase: string | null
}

export type StepContext = {
  readonly root: string
  readonly choices: SetupChoices
  readonly provider: Provider
  readonly variables: readonly EnvVar[]
  readonly signal: AbortSignal
  onLine(line: string): void
}

/** Why a step did nothing, or what it has to say. */
export type StepOutcome = { readonly skipped?: string; readonly note?: string }

export type Step = {
  readonly name: string
  /** What a person types to do the step by hand. */
  readonly command: Command
  run(context: StepContext): Promise<StepOutcome | void>
}

/** The steps of set-up for these choices, in order. */
export function stepsFor(choices: SetupChoices): Step[] {
  const { pm } = choices
  const needInstall = [
    { name: 'tool', command: execCommand(pm, 'ssot', 'version'), run: checkTool },
    toolStep(pm, 'client', ['client']),
    { name: 'env', command: COPY_ENV, run: fillEnv },
    ...(choices.existingDatabase === null
      ? [
          toolStep(pm, 'database', ['db', 'migrate', '--name', 'init']),
          toolStep(pm, 'seed', ['db', 'seed']),
        ]
      : []),
    ...(choices.test ? [{ name: 'test', command: scriptCommand(pm, 'test'), run: runTests }] : []),
  ]
  return [
    ...(choices.install ? [installStep(pm), ...needInstall] : [ENV_STEP]),
    ...(choices.git ? [{ name: 'git', command: ['git', 'init'] as const, run: git }] : []),
  ]
}

/** What an app needs again after its code has changed. */
export type FollowChoices = {
  readonly pm: PackageManager
  readonly install: boolean
  /** How package.json names this tool, where that is another one now under the same name; null where it is not. */
  readonly tool: string | null
  /** Words of `ssot db migrate`; null where no table changed. */
  readonly migrate: readonly string[] | null
}

/** The steps that bring a finished app up to date with new code. */
export function followSteps({ pm, install, tool, migrate }: FollowChoices): Step[] {
  return [
    ...(install ? [installStep(pm, tool === null ? undefined : renewCommand(pm, tool))] : []),
    ENV_STEP,
    ...(migrate === null ? [] : [toolStep(pm, 'database', ['db', 'migrate', ...migrate])]),
    toolStep(pm, 'client', ['client']),
  ]
}

const installStep = (pm: PackageManager, command = installCommand(pm)): Step => ({
  name: 'install',
  command,
  run: (context) => install(context, command),
})

const COPY_ENV: Command =
  process.platform === 'win32' ? ['copy', '.env.example', '.env'] : ['cp', '.env.example', '.env']
const ENV_STEP: Step = { name: 'env', command: COPY_ENV, run: fillEnv }

/**
 * Dependencies are half there when this is stopped, so they are taken away again.
 * Prisma's install script must not fetch an engine that nothing here uses: any existing file keeps it from that.
 */
async function install(context: StepContext, command: Command): Promise<void> {
  const modules = join(context.root, 'node_modules')
  const fresh = !existsSync(modules)
  try {
    await runCommand(command, {
      ...childOptions(context),
      env: {
        NODE_ENV: 'development',
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
      },
    })
  } catch (error) {
    if (context.signal.aborted && fresh)
      await rm(modules, { recursive: true, force: true, maxRetries: 5 })
    throw error
  }
}

/** The tool inside the app: what the app's own scripts run. */
const toolPath = (root: string): string =>
  join(root, 'node_modules', 'create-ssot-app', 'dist', 'ssot.js')

async function checkTool(context: StepContext): Promise<void> {
  const lines = await runCommand(
    [process.execPath, toolPath(context.root), 'version'],
    childOptions(context),
  )
  if (!lines.some((line) => line.includes(VERSION)))
    throw new CommandError(`The installed tool is not version ${VERSION}.`, lines)
}

const toolStep = (pm: PackageManager, name: string, words: readonly string[]): Step => ({
  name,
  command: execCommand(pm, 'ssot', ...words),
  async run(context) {
    const env = await databaseEnv(context.root)
    await runCommand([process.execPath, toolPath(context.root), ...words], {
      ...childOptions(context),
      env,
    })
  },
})

/** The app's own `.env` wins over a DATABASE_URL of the shell, which may well be that of another project. */
export async function databaseEnv(root: string): Promise<Record<string, string>> {
  const text = await readFile(join(root, '.env'), 'utf8').catch(() => '')
  const url = readVariable(text, 'DATABASE_URL')
  return url === undefined ? {} : { DATABASE_URL: url }
}

async function fillEnv(context: StepContext): Promise<StepOutcome> {
  const { root, variables, provider, choices } = context
  const fromEnvironment = serverUrl(provider, process.env['DATABASE_URL'])
  const server = choices.existingDatabase ?? fromEnvironment
  const known = variables.map((variable) =>
    variable.name === 'DATABASE_URL' && server !== null ? { ...variable, value: server } : variable,
  )
  const added = await writeEnvFile(root, known)
  if (added.length === 0) return { skipped: 'nothing is missing' }
  return server === null || choices.existingDatabase !== null
    ? {}
    : { note: 'DATABASE_URL taken from the environment' }
}

/** Databases that need a server have no working value of their own: for those the environment may name one. */
function serverUrl(provider: Provider, url: string | undefined): string | null {
  if (provider === 'sqlite' || provider === 'postgresql') return null
  return url?.startsWith(`${provider}:`) ? url : null
}

async function runTests(context: StepContext): Promise<void> {
  await runCommand(scriptCommand(context.choices.pm, 'test'), childOptions(context))
}

async function git(context: StepContext): Promise<StepOutcome | void> {
  const hindrance = await gitHindrance(childOptions(context))
  if (hindrance !== null && context.choices.insistOnGit)
    throw new CommandError(`No repository was made: ${hindrance}.`, [])
  if (hindrance !== null) return { skipped: hindrance }
  await makeRepository(childOptions(context))
}

const childOptions = ({ root, signal, onLine }: StepContext) => ({ cwd: root, signal, onLine })
