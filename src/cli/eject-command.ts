import { relative, resolve } from 'node:path'
import { UserError } from '../errors.js'
import { optionsOf } from '../options.js'
import { appConfigOf } from './app-config.js'
import { findApp } from './app-root.js'
import { parseArgs } from './args.js'
import { reportChange } from './change-report.js'
import { runGenerate } from './generating.js'
import type { Context } from './main.js'
import { ejectFlags, reportOptions } from './ssot-help.js'

/**
 * `ssot eject <file>`: no run generates the file any more; `--undo` has it generated again.
 * @returns the exit code; 1 where a conflict is left for the user
 */
export async function ejectCommand(context: Context): Promise<number> {
  const { cwd, terminal } = context
  const flags = optionsOf(reportOptions)
  const { values, positionals } = parseArgs(context.argv, { ...flags, ...ejectFlags })
  const [typed, ...more] = positionals
  if (typed === undefined || more.length > 0)
    throw new UserError('Name one file: ssot eject <file> [--undo]')
  const root = findApp(cwd)
  const path = relative(root, resolve(cwd, typed)).replaceAll('\\', '/')
  const json = values['json'] === true
  if (values['undo'] === true) return undo(root, path, json, context)
  const { eject } = await import('../eject.js')
  const isNew = await eject(root, path)
  terminal.print(
    isNew
      ? `${path} is yours now: no run changes it. Back: ssot eject --undo ${path}`
      : `${path} is yours already: nothing to do`,
  )
  if (json) terminal.json({ ok: true, exitCode: 0, directory: root, ejected: isNew ? [path] : [] })
  return 0
}

async function undo(root: string, path: string, json: boolean, context: Context): Promise<number> {
  const { signal } = context
  const config = await appConfigOf(root, context.env)
  const { takeBack } = await import('../eject.js')
  const input = { root, config, dryRun: false, force: false, anew: true, signal }
  const generated = await takeBack(root, path, signal, () => runGenerate(input, context))
  return reportChange(
    {
      ...{ root, dryRun: false, json, changed: { generated, setup: null, left: [] } },
      headline: `${path} is generated again`,
      notes: [],
      what: { takenBack: [path] },
    },
    context,
  )
}
