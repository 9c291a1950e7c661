import { spawn } from 'node:child_process'
import { cleanEnvironment, type Ended } from './process.js'

/** What is typed, and the text that is waited for before. */
export type Step = readonly [question: string, keys: string]

/**
 * Runs a command on a terminal made by `script`, and answers questions as they come.
 * @returns all that was shown without colours, and the exit code
 * @throws Error with what was shown when a question does not come
 */
export async function runOnTerminal(
  cwd: string,
  command: string,
  steps: readonly Step[],
): Promise<Ended> {
  const child = spawn('script', ['-qec', `stty cols 200; ${command}; echo "[$?]"`, '/dev/null'], {
    cwd,
    env: { ...cleanEnvironment(), TERM: 'xterm', NO_COLOR: '1' },
  })
  let output = ''
  let seen = 0
  child.stdout.on('data', (chunk: Buffer) => (output += chunk))
  const ended = new Promise<void>((fulfil) => child.once('close', () => fulfil()))
  const timer = setTimeout(() => child.kill('SIGKILL'), 120_000)
  for (const [question, keys] of steps) {
    seen = await shown(question)
    child.stdin.write(keys)
  }
  await ended
  clearTimeout(timer)
  const plain = output.replace(ESCAPES, '')
  return { code: Number(/\[(\d+)\]\s*$/.exec(plain)?.[1] ?? -1), output: plain }

  async function shown(question: string): Promise<number> {
    for (;;) {
      const at = output.indexOf(question, seen)
      // A question is drawn before it listens.
      if (at >= 0) return sleep(150).then(() => output.length)
      if (child.exitCode !== null) throw new Error(`It did not ask '${question}':\n${output}`)
      await sleep(20)
    }
  }
}

const sleep = (ms: number): Promise<void> => new Promise((go) => setTimeout(go, ms))

// oxlint-disable-next-line no-control-regex
const ESCAPES = /\u001b\[[?\d;]*[A-Za-z]/g
