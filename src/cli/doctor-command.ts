import type { Finding } from '../doctor/index.js'
import { readAppInput } from './app-input.js'
import { outcomeOf, type Context } from './main.js'
import { reportOptions } from './ssot-help.js'

/**
 * `ssot doctor`: looks the app over, and says what to do about each thing that is not right.
 * @returns the exit code; 1 where something keeps the app from its work
 */
export async function doctorCommand(context: Context): Promise<number> {
  const { input, given } = await readAppInput('doctor', reportOptions, context)
  const { root, config } = input
  const { diagnose } = await import('../doctor/index.js')
  const findings = await diagnose(root, config, context.env)
  const faults = findings.filter(({ level }) => level === 'error')
  const exitCode = faults.length === 0 ? 0 : 1
  print(findings, context)
  const message = faults.map((fault) => `${fault.check}: ${fault.message}`).join('\n')
  const outcome = outcomeOf(
    exitCode,
    message,
    faults.flatMap(({ remedies }) => remedies),
  )
  if (given.json) context.terminal.json({ ...outcome, directory: root, findings })
  return exitCode
}

const INDENT = ' '.repeat(9)

function print(findings: readonly Finding[], { terminal }: Context): void {
  const styles = { ok: terminal.style.dim, warning: terminal.style.bold, error: terminal.style.red }
  for (const { check, level, message, remedies } of findings) {
    const [first = '', ...rest] = [...message.split('\n'), ...remedies.map((line) => `→ ${line}`)]
    terminal.print(`${styles[level](level.padEnd(INDENT.length))}${check}: ${first}`)
    for (const line of rest) terminal.print(INDENT + line)
  }
}
