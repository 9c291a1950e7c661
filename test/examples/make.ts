import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dependencyFolder } from '../contract/dependencies.js'
import { run, type Ended } from '../support/process.js'
import { repo } from '../support/repo.js'
import type { Combination, Example } from './combinations.js'

export const bins = { create: join(repo, 'dist', 'cli.js'), ssot: join(repo, 'dist', 'ssot.js') }

export type MadeApp = {
  readonly root: string
  /** Every command that made it, in order. */
  readonly steps: readonly Ended[]
  remove(): Promise<void>
}

/** The command of a user for one example. */
export const createCommand = (
  directory: string,
  example: Example,
  { framework, mode }: Combination,
  ...more: readonly string[]
): string[] => [
  ...[process.execPath, bins.create, directory, '--example', example],
  ...['--framework', framework, '--mode', mode, '--yes', ...more],
]

/** Makes an app by the one command, dependencies installed from the registry. */
export async function makeInstalled(example: Example, choice: Combination): Promise<MadeApp> {
  const folder = await emptyFolder()
  const steps = [await run(createCommand('app', example, choice), { cwd: folder })]
  return { root: join(folder, 'app'), steps, remove: () => removeFolder(folder) }
}

/** Makes the same app with linked dependencies: what set-up does after the install is done step by step. */
export async function makeLinked(example: Example, choice: Combination): Promise<MadeApp> {
  const folder = await emptyFolder()
  const root = join(folder, 'app')
  const steps = [await run(createCommand('app', example, choice, '--no-install'), { cwd: folder })]
  await linkDependencies(root)
  for (const words of [['client'], ['db', 'migrate', '--name', 'init'], ['db', 'seed']])
    steps.push(await run([process.execPath, bins.ssot, ...words], { cwd: root }))
  return { root, steps, remove: () => removeFolder(folder) }
}

/** A `node_modules` of links, so that what is written there stays with the app. */
export async function linkDependencies(root: string): Promise<void> {
  const source = join(await dependencyFolder(), 'node_modules')
  const target = join(root, 'node_modules')
  await mkdir(join(target, '.bin'), { recursive: true })
  const link = (from: string, name: string): Promise<void> =>
    symlink(from, join(target, name), 'junction')
  const packages = (await readdir(source)).filter((name) => !name.startsWith('.'))
  const programs = (await readdir(join(source, '.bin'))).map((name) => join('.bin', name))
  await Promise.all([...packages, ...programs].map((name) => link(join(source, name), name)))
  await link(repo, 'create-ssot-app')
  await link(bins.ssot, join('.bin', 'ssot'))
}

export const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'ssot-examples-'))

export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 5 })
