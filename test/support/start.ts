import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { cleanEnvironment } from './process.js'

export type Started = {
  readonly url: string
  /** Ends the app as an operator does. @returns its exit code */
  stop(): Promise<number | null>
}

/**
 * Starts an app on a free port and waits until its database answers.
 * @throws Error with what it printed, when it stops or does not answer within a minute
 */
export async function startApp(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Started> {
  const port = String(await freePort())
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...cleanEnvironment(), ...env, PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk))
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const url = `http://127.0.0.1:${port}`
  await ready(url, child, () => output)
  return {
    url,
    stop() {
      child.kill('SIGTERM')
      return exited
    },
  }
}

/** Waits for the first 200 of `/ready`. @throws Error with the output when the app stops, or is silent for a minute */
export async function ready(url: string, child: ChildProcess, output: () => string): Promise<void> {
  const until = Date.now() + 60_000
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`The app stopped at once:\n${output()}`)
    const reply = await fetch(`${url}/ready`).catch(() => null)
    if (reply?.ok) return
    await sleep(100)
  }
  child.kill('SIGKILL')
  throw new Error(`The app did not answer within a minute:\n${output()}`)
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
