import { UserError } from '../errors.js'
import { suggest } from '../nearest.js'
import { optionOf, type OptionName } from '../options.js'
import { parseArgs } from './args.js'
import { columns } from './help.js'
import type { Context } from './main.js'

const LISTED: readonly OptionName[] = [
  'example',
  'framework',
  'mode',
  'database',
  'ui',
  'pm',
  'plugins',
]

/** `ssot list`: what an app can be made of. */
export async function listCommand(context: Context): Promise<number> {
  const { argv, terminal } = context
  const { positionals, values } = parseArgs(argv, { json: { kind: 'switch' } })
  const [what, ...more] = positionals
  if (what === 'plugins' && more.length === 0) {
    const { listPlugins } = await import('./list-plugins.js')
    return listPlugins(values['json'] === true, context)
  }
  if (what !== undefined)
    throw new UserError(
      `'ssot list' knows no '${positionals.join(' ')}'.`,
      suggest(what, ['plugins']),
    )
  const lists = Object.fromEntries(LISTED.map((name) => [name, namesOf(name)]))
  if (values['json']) terminal.json({ ok: true, exitCode: 0, ...lists })
  else
    terminal.print(
      columns(
        Object.entries(lists).map(([name, names]) => [
          name,
          names.join(', ') || 'none in this version',
        ]),
      ),
    )
  return 0
}

function namesOf(name: OptionName): readonly string[] {
  const option = optionOf(name)
  return option.kind === 'choice' ? option.choices : option.kind === 'names' ? option.known : []
}
