#!/usr/bin/env node
import { createHelp } from './cli/help.js'
import { requireNode, runProcess } from './cli/main.js'
import { flagNames } from './options.js'
import { VERSION } from './version.js'

await runProcess(process.argv.slice(2), async (context) => {
  const { switches } = context
  if (switches.has('--help') || switches.has('-h')) {
    process.stdout.write(createHelp(flagNames))
    return 0
  }
  if (switches.has('--version') || switches.has('-v')) {
    process.stdout.write(`${VERSION}\n`)
    return 0
  }
  requireNode()
  const { create } = await import('./cli/create.js')
  return create(context)
})
