import { loadConfigFile } from '../config-file.js'
import { configOf, withDefaults } from '../config.js'
import type { Finding } from '../doctor/index.js'
import { UserError } from '../errors.js'
import { findApp } from './app-root.js'
import { gather } from './gather.js'
import type { Context } from './main.js'
import { reportOptions } from './ssot-help.js'

/**
 * `ssot doctor`: looks the app over, and says what to do about each thing that is not right.
 * @returns the exit code; 1 where something keeps the app from its work
 */
export async function doctorCommand(context: Context): Promise<number> {
  const { given, positionals } = await gather(context.argv, reportOptions, context)
  if (positionals.length > 0)
    throw new UserError(`'ssot doctor' takes no argument, and got '${positionals[0]}'.`)
  const root = findApp(context.cwd)
  const file = await loadConfigFile(root)
  const options = { ...withDefaults(file, context.env), schema: file.schema ?? 'prisma' }
  const { diagnose } = await import('../doctor/index.js')
  const findings = await diagnose(root, configOf(options, root), context.env)
  const exitCode = findings.some(({ level }) => level === 'error') ? 1 : 0
  print(findings, context)
  if (given.json) context.terminal.json({ ok: exitCode === 0, exitCode, directory: root, findings })
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
