import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { UserError } from '../errors.js'
import { resolveInApp } from './packages.js'

/** Filling a database may take long; what limits the app's requests is not meant for it. */
export const UNLIMITED = { QUERY_TIMEOUT_MS: '0' }

/**
 * Runs a TypeScript file of the app with the app's own tsx, and passes on every line it prints.
 * @param script path relative to the app, and its arguments
 * @param env variables beside those of this process
 * @throws UserError when it fails, with what it wrote to stderr
 */
export async function runScript(
  root: string,
  [script = '', ...args]: readonly string[],
  report: (line: string) => void,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const loader = pathToFileURL(resolveInApp(root, 'tsx')).href
  const child = spawn(process.execPath, ['--import', loader, script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const errors: string[] = []
  createInterface({ input: child.stdout }).on('line', report)
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) throw new UserError([`${script} failed.`, ...errors].join('\n'))
}
