import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { commandsOf } from '../../src/kit/index.js'
import { bins } from '../examples/make.js'
import { succeed, type Subject } from '../proof/steps.js'
import { run } from '../support/process.js'
import { startApp } from '../support/start.js'
import type { PackageManager } from './package-managers.js'

/** Installs download. */
const SECONDS = 1800

/** Makes the app by the one command of a user. */
export async function create({ root, env }: Subject, flags: readonly string[]): Promise<void> {
  const cwd = dirname(root)
  await mkdir(cwd, { recursive: true })
  const command = [process.execPath, bins.create, 'app', ...flags, '--yes', '--quiet']
  await succeed(run(command, { cwd, env, seconds: SECONDS }))
}

/** Takes the app from its own database to a server: one line in `.env`. */
export async function useServer({ root }: Subject, url: string): Promise<void> {
  const file = join(root, '.env')
  const text = await readFile(file, 'utf8')
  const changed = text.replace(/^DATABASE_URL=.*$/m, `DATABASE_URL=${url}`)
  if (changed === text) throw new Error('.env names no database.')
  await writeFile(file, changed)
}

/** Runs a script of the app by its package manager. @returns what it printed */
export function script({ root, env }: Subject, pm: PackageManager, name: string): Promise<string> {
  const command = [...commandsOf(pm.name).run.split(' '), name]
  return succeed(run(command, { cwd: root, env: { ...env, NO_COLOR: '1' }, seconds: SECONDS }))
}

/** The app's own tests. */
export async function tests(app: Subject, pm: PackageManager): Promise<void> {
  const output = await script(app, pm, 'test')
  if (!/Tests .*\d+ passed/.test(output)) throw new Error(`no test ran\n${output}`)
}

/** Installs again from the lock file, as the workflow of the app does on a new machine. */
export async function installLocked({ root, env }: Subject, pm: PackageManager): Promise<void> {
  await rm(join(root, 'node_modules'), { recursive: true, force: true })
  const command = ['sh', '-c', commandsOf(pm.name).installLocked]
  await succeed(run(command, { cwd: root, env: { ...env, CI: 'true' }, seconds: SECONDS }))
}

/** Runs what the image of the app holds: the compiled app with its production dependencies alone. */
export async function production(
  { root, env }: Subject,
  pm: PackageManager,
  url: string,
): Promise<void> {
  const image = join(root, '..', 'image')
  const { lockfile, installProduction } = commandsOf(pm.name)
  const copied = ['package.json', ...lockfile.split(' '), '.ssot/tool', 'dist', 'prisma']
  for (const path of copied) await cp(join(root, path), join(image, path), { recursive: true })
  const command = ['sh', '-c', installProduction]
  await succeed(run(command, { cwd: image, env: { ...env, CI: 'true' }, seconds: SECONDS }))
  const settings = { NODE_ENV: 'production', LOG_LEVEL: 'error', DATABASE_URL: url }
  const migrate = [process.execPath, 'dist/db/migrate.js']
  await succeed(run(migrate, { cwd: image, env: settings }))
  const started = await startApp(image, ['dist/server.js'], settings)
  const { status } = await fetch(`${started.url}/openapi.json`)
  const code = await started.stop()
  if (status !== 200 || code !== 0) throw new Error(`answered ${status}, ended with ${code}`)
}
