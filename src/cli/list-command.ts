import { UserError } from '../errors.js'
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
export async function listCommand({ argv, terminal }: Context): Promise<number> {
  const { positionals, values } = parseArgs(argv, { json: { kind: 'switch' } })
  if (positionals.length > 0)
    throw new UserError(`'ssot list' takes no argument, and got '${positionals[0]}'.`)
  const lists = Object.fromEntries(LISTED.map((name) => [name, namesOf(name)]))
  if (values['json']) terminal.json(lists)
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
