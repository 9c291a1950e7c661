import { CONFIG_FILE } from '../config-file.js'
import { UserError } from '../errors.js'
import { optionsOf } from '../options.js'
import { toolEdit } from '../upgrade/packages.js'
import { upgradeConfig } from '../upgrade/upgrade.js'
import { VERSION } from '../version.js'
import { appConfigOf } from './app-config.js'
import { findApp } from './app-root.js'
import { parseArgs } from './args.js'
import { readConfigText, regenerate } from './change-config.js'
import { reportChange } from './change-report.js'
import type { Context } from './main.js'
import { changeOptions } from './ssot-help.js'

/**
 * `ssot upgrade`: the config, the code and the packages of an app of an older version become those of this one.
 * @returns the exit code; 1 where a conflict or a step that failed is left for the user
 */
export async function upgradeCommand(context: Context): Promise<number> {
  const flags = optionsOf(changeOptions)
  const { values, positionals } = parseArgs(context.argv, flags)
  if (positionals.length > 0)
    throw new UserError(`'ssot upgrade' takes no argument, and got '${positionals[0]}'.`)
  const root = findApp(context.cwd)
  const before = await readConfigText(root)
  const { from, text: content, done } = upgradeConfig(root, before)
  const config = await appConfigOf(root, context.env, content ?? undefined)
  const dryRun = values['dryRun'] === true
  const tool = await toolEdit(root)
  const edits = [{ path: CONFIG_FILE, before, content }, ...tool.edits]
  const { signal } = context
  const input = { root, config, dryRun, force: false, upgrade: true, edits, signal }
  const setup = values['setup'] !== false
  const how = { dryRun, setup, migrate: null, install: true, tool: tool.same }
  const changed = await regenerate(input, how, context)
  return reportChange(
    {
      ...{ root, dryRun, json: values['json'] === true, changed },
      headline:
        from === VERSION
          ? `The app is one of ${VERSION}`
          : `The app is one of ${VERSION} now, and was one of ${from}`,
      notes: done.map((line) => `ssot.config.ts, ${line}`),
      what: { from, to: VERSION, migrations: done },
    },
    context,
  )
}
