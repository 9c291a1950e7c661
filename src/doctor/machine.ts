import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { installCommand, type PackageManager } from '../setup/package-manager.js'
import { failure, fine, warning, type Finding } from './finding.js'

/** Node, as `package.json` of this tool wants it; older ones have been refused before this runs. */
export const checkNode = (): Finding => fine('node', `Node ${process.versions.node}`)

const LOCK_FILES: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['package-lock.json'],
  pnpm: ['pnpm-lock.yaml'],
  yarn: ['yarn.lock'],
  bun: ['bun.lock', 'bun.lockb'],
}

/** Are the dependencies installed, and by the package manager that the app was made for? */
export function checkPackages(root: string, manager: PackageManager): Finding {
  const has = (name: string): boolean => existsSync(join(root, name))
  const install = installCommand(manager).join(' ')
  const found = Object.entries(LOCK_FILES).filter(([, names]) => names.some(has))
  const others = found
    .filter(([name]) => name !== manager)
    .flatMap(([, names]) => names.filter(has))
  if (!has('node_modules'))
    return failure('packages', 'The dependencies are not installed.', `Run: ${install}`)
  if (others.length > 0)
    return warning(
      'packages',
      `The app is made for ${manager}, and there is ${others.join(', ')} of another package manager.`,
      `Delete it and run: ${install}`,
      'Or change `pm` in ssot.config.ts, and run: ssot generate',
    )
  if (found.length === 0)
    return warning(
      'packages',
      `There is no ${LOCK_FILES[manager][0]}: the next install may bring other versions.`,
      `Run ${install}, and commit it.`,
    )
  return fine('packages', `installed with ${manager}`)
}

/** Has every variable of `.env.example` a value, in `.env` or in the environment? */
export function checkEnv(root: string, env: NodeJS.ProcessEnv): Finding {
  const example = variablesOf(join(root, '.env.example'))
  if (example === null)
    return warning('env', 'There is no .env.example to compare with.', 'Run: ssot generate')
  const own = variablesOf(join(root, '.env')) ?? {}
  const missing = Object.keys(example).filter((name) => !(name in own) && !env[name])
  if (missing.length === 0) return fine('env', `${Object.keys(example).length} variables are set`)
  return warning(
    'env',
    `.env has no value for ${missing.join(', ')}: the default is used, or the app says at start what it needs.`,
    'Copy the lines you need from .env.example.',
  )
}

const variablesOf = (path: string): NodeJS.Dict<string> | null =>
  existsSync(path) ? parseEnv(readFileSync(path, 'utf8')) : null
