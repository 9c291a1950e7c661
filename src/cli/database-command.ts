import { UserError } from '../errors.js'
import { suggest } from '../nearest.js'
import { optionsOf } from '../options.js'
import { findApp } from './app-root.js'
import { parseArgs, type Flags } from './args.js'
import type { Context } from './main.js'
import { databaseCommands, migrateFlags, reportOptions } from './ssot-help.js'
import { canAsk, duration, orStopped } from './terminal.js'

type DatabaseCommand = keyof typeof databaseCommands

const OWN_FLAGS: Readonly<Record<DatabaseCommand, Flags>> = {
  push: { acceptDataLoss: { kind: 'switch' } },
  migrate: migrateFlags,
  deploy: {},
  pull: { force: { kind: 'switch' } },
  reset: { force: { kind: 'switch' } },
  seed: {},
}

/** `ssot db push|migrate|deploy|pull|reset|seed`. */
export async function databaseCommand(context: Context): Promise<number> {
  const [typed, ...rest] = context.argv
  const names = Object.keys(databaseCommands) as DatabaseCommand[]
  const name = names.find((command) => command === typed)
  const isTyped = typed !== undefined && !typed.startsWith('-')
  if (name === undefined)
    throw new UserError(
      isTyped ? `Unknown command 'db ${typed}'.` : "'ssot db' needs a command.",
      suggest(isTyped ? typed : '', names),
    )
  const options = readFlags(rest, OWN_FLAGS[name], `db ${name}`)
  if (name === 'reset' && options['force'] !== true && !(await isConfirmed(context))) return 1
  return inApp(context, `db ${name}`, async (root, report) => {
    const { runDatabaseCommand } = await import('../database/index.js')
    await runDatabaseCommand(name, root, options, report)
  })
}

/**
 * Asks before all data goes.
 * @throws UserError where nobody can be asked
 */
async function isConfirmed({ cwd, env, switches, terminal, signal }: Context): Promise<boolean> {
  const root = findApp(cwd)
  if (switches.has('--json') || !canAsk(env))
    throw new UserError(`'ssot db reset' deletes all data of ${root}, and nobody can be asked.`, [
      'If that is what you want: ssot db reset --force',
    ])
  const { default: inquirer } = await import('inquirer')
  const message = `Delete all data of the database of ${root}?`
  const question = { type: 'confirm', name: 'sure', message, default: false } as const
  const { sure } = await orStopped(inquirer.prompt([question]), signal)
  if (!sure) terminal.print('Nothing was changed.')
  return sure
}

/** `ssot client`: generates the Prisma client. */
export async function clientCommand(context: Context): Promise<number> {
  readFlags(context.argv, {}, 'client')
  return inApp(context, 'client', async (root) => {
    const { generateClient } = await import('../database/index.js')
    await generateClient(root)
  })
}

function readFlags(
  argv: readonly string[],
  own: Flags,
  command: string,
): Record<string, string | boolean> {
  const common = optionsOf(reportOptions)
  const { values, positionals } = parseArgs(argv, { ...common, ...own })
  if (positionals.length > 0)
    throw new UserError(`'ssot ${command}' takes no argument, and got '${positionals[0]}'.`)
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in own))
}

async function inApp(
  { cwd, terminal, switches }: Context,
  command: string,
  work: (root: string, report: (line: string) => void) => Promise<void>,
): Promise<number> {
  const root = findApp(cwd)
  const started = performance.now()
  const lines: string[] = []
  await work(root, (line) => {
    lines.push(line)
    terminal.print(line)
  })
  const ms = performance.now() - started
  if (switches.has('--json'))
    terminal.json({ ok: true, exitCode: 0, command, directory: root, lines, ms: Math.round(ms) })
  else terminal.print(`${command}: done, ${duration(ms)}`)
  return 0
}
