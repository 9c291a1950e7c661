#!/usr/bin/env node
import { requireNode, runProcess } from './cli/main.js'
import { commandHelp, commandNames, ssotHelp, type CommandName } from './cli/ssot-help.js'
import { versionCommand } from './cli/version-command.js'
import { UserError } from './errors.js'
import { suggest } from './nearest.js'

await runProcess(process.argv.slice(2), async (context) => {
  const [typed, ...rest] = context.argv
  const wantsHelp = context.switches.has('--help') || context.switches.has('-h')
  const name = commandNames.find((command) => command === typed)
  if (wantsHelp || typed === undefined || typed === 'help') {
    const help = name ? commandHelp(name) : ssotHelp()
    if (context.switches.has('--json')) context.terminal.json({ ok: true, exitCode: 0, help })
    else process.stdout.write(help)
    return typed === undefined ? 2 : 0
  }
  if (name === 'version' || typed === '--version' || typed === '-v')
    return versionCommand({ ...context, argv: rest })
  requireNode()
  if (name === undefined)
    throw new UserError(`Unknown command '${typed}'.`, suggest(typed, commandNames))
  return (await commandOf(name))({ ...context, argv: rest })
})

async function commandOf(name: CommandName) {
  switch (name) {
    case 'generate':
      return (await import('./cli/generate-command.js')).generateCommand
    case 'add':
      return (await import('./cli/add-command.js')).addCommand
    case 'remove':
      return (await import('./cli/remove-command.js')).removeCommand
    case 'set':
      return (await import('./cli/set-command.js')).setCommand
    case 'eject':
      return (await import('./cli/eject-command.js')).ejectCommand
    case 'upgrade':
      return (await import('./cli/upgrade-command.js')).upgradeCommand
    case 'diff':
      return (await import('./cli/diff-command.js')).diffCommand
    case 'doctor':
      return (await import('./cli/doctor-command.js')).doctorCommand
    case 'list':
      return (await import('./cli/list-command.js')).listCommand
    case 'client':
      return (await import('./cli/database-command.js')).clientCommand
    case 'db':
      return (await import('./cli/database-command.js')).databaseCommand
    case 'version':
      throw new Error('Answered above.')
  }
}
