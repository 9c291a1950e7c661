import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readVariable } from './env-file.js'
import { scriptCommand, type PackageManager } from './package-manager.js'
import { runCommand } from './run.js'
import { databaseEnv } from './steps.js'

export type RunningApp = {
  readonly url: string
  readonly docs: string
  /** A list that answers at once, or the health check where the app serves no list. */
  readonly example: string
}

const WAIT_MS = 60_000

/**
 * Runs the app in the foreground until it ends or the signal stops it.
 * @param onReady called once the app answers
 * @throws CommandError when the app ends by itself with an error
 */
export async function startApp(
  root: string,
  pm: PackageManager,
  observer: { signal: AbortSignal; onLine(line: string): void; onReady(app: RunningApp): void },
): Promise<void> {
  const ended = new AbortController()
  const env = await databaseEnv(root)
  const running = runCommand(scriptCommand(pm, 'dev'), {
    cwd: root,
    env,
    graceMs: 10_000,
    ...observer,
  }).finally(() => ended.abort())
  const url = `http://localhost:${await portOf(root)}`
  const ready = whenReady(url, AbortSignal.any([ended.signal, observer.signal])).then((answers) => {
    if (answers !== null)
      observer.onReady({ url, docs: `${url}/docs`, example: `${url}${answers}` })
  })
  await Promise.all([running, ready])
}

async function portOf(root: string): Promise<string> {
  const text = await readFile(join(root, '.env'), 'utf8').catch(() => '')
  return process.env['PORT'] ?? readVariable(text, 'PORT') ?? '3000'
}

/** @returns the path of a list to try, once the app answers; null when it does not within the time */
async function whenReady(url: string, signal: AbortSignal): Promise<string | null> {
  const deadline = performance.now() + WAIT_MS
  while (!signal.aborted && performance.now() < deadline) {
    const ready = await fetch(`${url}/ready`, { signal: AbortSignal.timeout(2000) }).catch(
      () => null,
    )
    if (ready?.ok) return firstList(url)
    await sleep(150, undefined, { signal }).catch(() => undefined)
  }
  return null
}

async function firstList(url: string): Promise<string> {
  const response = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(5000) }).catch(
    () => null,
  )
  const document = (await response?.json().catch(() => null)) as {
    paths?: Record<string, { get?: unknown }>
  } | null
  const list = Object.entries(document?.paths ?? {}).find(
    ([path, item]) =>
      path.startsWith('/api/') && path.split('/').length === 3 && item.get !== undefined,
  )
  return list?.[0] ?? '/health'
}
