import { UserError } from '../errors.js'
import { optionsOf } from '../options.js'
import { VERSION } from '../version.js'
import { parseArgs } from './args.js'
import type { Context } from './main.js'
import { reportOptions } from './ssot-help.js'

/** `ssot version`. */
export async function versionCommand({ argv, terminal }: Context): Promise<number> {
  const flags = optionsOf(reportOptions)
  const { values, positionals } = parseArgs(argv, flags)
  if (positionals.length > 0)
    throw new UserError(`'ssot version' takes no argument, and got '${positionals[0]}'.`)
  if (values['json']) terminal.json({ ok: true, exitCode: 0, version: VERSION })
  else terminal.print(VERSION)
  return 0
}
