import type { Plugin } from '../kit/plugin.js'
import { UserError } from '../errors.js'
import { flagOf } from '../options.js'
import { builtInNames } from '../plugins/built-in.js'
import { findPlugin, localPlugins } from '../plugins/find.js'
import { defaultOf } from '../plugins/values.js'
import { appConfigOf } from './app-config.js'
import { findRoot } from './app-root.js'
import { columns } from './help.js'
import { outcomeOf, type Context } from './main.js'

/** What there is to say of a plugin. */
type Row = {
  readonly id: string
  readonly category: string
  readonly description: string
  readonly origin: 'built-in' | 'local' | 'npm'
  readonly options: readonly {
    readonly name: string
    readonly flag: string
    readonly kind: string
    readonly default: unknown
    readonly hint: string
  }[]
  /** Is it part of the app in the current folder? Null where there is no app. */
  readonly active: boolean | null
}

/** `ssot list plugins`: those that come with this tool, those of the app, and the packages that it lists. */
export async function listPlugins(json: boolean, context: Context): Promise<number> {
  const { terminal, cwd, env } = context
  const root = findRoot(cwd)
  const listed = root === null ? [] : (await appConfigOf(root, env)).plugins
  const own = root === null ? [] : localPlugins(root)
  const names = [...new Set([...builtInNames, ...own, ...listed])].sort()
  const rows: Row[] = []
  const mistakes: string[] = []
  for (const name of names) {
    const row = await rowOf(name, root ?? cwd, root === null ? null : listed.includes(name))
    if (typeof row === 'string') mistakes.push(row)
    else rows.push(row)
  }
  for (const mistake of mistakes) terminal.error(mistake)
  const exitCode = mistakes.length === 0 ? 0 : 1
  if (json) terminal.json({ ...outcomeOf(exitCode, mistakes.join('\n')), plugins: rows })
  else terminal.print(rows.map(textOf).join('\n'))
  return exitCode
}

/** @returns why there is no row where the plugin can't be loaded */
async function rowOf(name: string, root: string, active: boolean | null): Promise<Row | string> {
  try {
    const { plugin, origin } = await findPlugin(name, root)
    const { id, category, description } = plugin
    return { id, category, description, origin: origin.kind, options: optionsOf(plugin), active }
  } catch (error) {
    if (error instanceof UserError) return error.message
    throw error
  }
}

const optionsOf = ({ options }: Plugin): Row['options'] =>
  Object.entries(options).map(([name, option]) => ({
    ...{ name, flag: flagOf(name), kind: option.kind },
    ...{ default: defaultOf(option), hint: option.hint },
  }))

function textOf({ id, category, description, options, active }: Row): string {
  const head = `${id} (${category})${active ? ', part of this app' : ''}\n  ${description}`
  const rows = options.map((it): [string, string] => [
    it.flag,
    it.default === undefined ? it.hint : `${it.hint} (default ${String(it.default)})`,
  ])
  return rows.length === 0 ? head : `${head}\n${columns(rows)}`
}
