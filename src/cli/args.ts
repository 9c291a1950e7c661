import { UserError } from '../errors.js'
import { suggest } from '../nearest.js'
import { flagOf, type Option } from '../options.js'

/** Flags by the name of their option. */
export type Flags = Readonly<
  Record<
    string,
    Pick<Option, 'kind' | 'short'> & {
      /** May be given more than once: the values are put together with commas. */
      readonly repeated?: boolean
    }
  >
>

export type Args = {
  /** Values by option name, as typed: text, or true and false for switches. */
  readonly values: Readonly<Record<string, string | boolean>>
  readonly positionals: readonly string[]
}

/**
 * Reads a command line against a table of options.
 * @throws UserError for a flag that is unknown, lacks its value or is given twice with different values
 */
export function parseArgs(argv: readonly string[], flags: Flags): Args {
  const values: Record<string, string | boolean> = {}
  const positionals: string[] = []
  const rest = [...argv]
  while (rest.length > 0) {
    const arg = rest.shift()!
    if (arg === '--') {
      positionals.push(...rest.splice(0))
    } else if (arg === '-' || !arg.startsWith('-')) {
      positionals.push(arg)
    } else {
      const [name, value] = readFlag(arg, rest, flags)
      if (name in values && flags[name]!.repeated) values[name] = `${values[name]},${value}`
      else if (name in values && values[name] !== value)
        throw new UserError(`${flagOf(name)} is given twice.`)
      else values[name] = value
    }
  }
  return { values, positionals }
}

function readFlag(arg: string, rest: string[], flags: Flags): [string, string | boolean] {
  const equals = arg.indexOf('=')
  const typed = equals < 0 ? arg : arg.slice(0, equals)
  const attached = equals < 0 ? undefined : arg.slice(equals + 1)
  const { name, negated } = findFlag(typed, flags)
  if (flags[name]!.kind === 'switch') {
    if (negated && attached !== undefined) throw new UserError(`${typed} takes no value.`)
    return [name, attached ?? !negated]
  }
  if (attached !== undefined) return [name, attached]
  if (rest.length === 0 || /^-./.test(rest[0]!)) throw new UserError(`${typed} needs a value.`)
  return [name, rest.shift()!]
}

function findFlag(typed: string, flags: Flags): { name: string; negated: boolean } {
  for (const [name, { kind, short }] of Object.entries(flags)) {
    if (typed === flagOf(name) || (short !== undefined && typed === `-${short}`))
      return { name, negated: false }
    if (kind === 'switch' && typed === `--no-${flagOf(name).slice(2)}`)
      return { name, negated: true }
  }
  throw new UserError(
    `Unknown flag ${typed}.`,
    suggest(typed, [...Object.keys(flags).map(flagOf), '--help', '--version']),
  )
}
