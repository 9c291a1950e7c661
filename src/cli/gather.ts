import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { checkOptions, mergeGiven, readEnvironment, sources } from '../config.js'
import { readText } from '../option-values.js'
import { UserError } from '../errors.js'
import {
  flagNames,
  flagOf,
  optionOf,
  optionsOf,
  schemaOptions,
  type Given,
  type OptionName,
} from '../options.js'
import { pluginFlags, readPluginFlags } from '../plugins/flags.js'
import { findRoot } from './app-root.js'
import { parseArgs, type Args, type Flags } from './args.js'

/** How long `--json=-` waits for standard input to end. */
const STDIN_LIMIT_MS = 10_000

type Surroundings = { readonly cwd: string; readonly env: NodeJS.ProcessEnv }

/**
 * Reads what is given by flags, JSON input and environment, checked; in this order of precedence.
 * @param names the options that this command takes
 * @param own flags that only this command has
 * @throws UserError that names what is wrong
 */
export async function gather(
  argv: readonly string[],
  names: readonly OptionName[],
  { cwd, env }: Surroundings,
  own: Flags = {},
): Promise<{ given: Given; positionals: readonly string[]; own: Args['values'] }> {
  const table = optionsOf(names)
  const plugins = names.includes('plugins') ? await pluginFlags(argv, findRoot(cwd) ?? cwd) : []
  const pluginTable = Object.fromEntries(plugins.map(({ name, meta }) => [name, meta]))
  const { values, positionals } = parseArgs(argv, { ...table, ...own, ...pluginTable })
  const entries = Object.entries(values)
  const { json, ...flags } = Object.fromEntries(entries.filter(([name]) => name in table))
  const input = typeof json === 'string' ? await readInput(json, cwd) : {}
  const pluginOptions = readPluginFlags(plugins, values)
  const given = [
    checkOptions(
      {
        ...readFlags(flags),
        ...(json === undefined ? {} : { json: json !== false }),
        ...(Object.keys(pluginOptions).length === 0 ? {} : { pluginOptions }),
      },
      sources.flags,
    ),
    checkOptions(input, sources.input),
    readEnvironment(env),
  ]
  for (const source of given) refuseTwoSchemas(source)
  const ownValues = Object.fromEntries(entries.filter(([name]) => name in own))
  return { given: mergeGiven(given), positionals, own: ownValues }
}

/** One source must not say twice where the schema comes from. */
function refuseTwoSchemas(given: Given): void {
  const [first, second] = schemaOptions.filter((name) => given[name] !== undefined)
  if (first !== undefined && second !== undefined)
    throw new UserError(`${flagOf(first)} and ${flagOf(second)} are both given.`, [
      'Give one of them.',
    ])
  if (given.fromDatabase !== undefined && given.database !== undefined)
    throw new UserError('--from-database and --database are both given.', [
      'Leave --database out: the address says which it is.',
    ])
}

const readFlags = (values: Args['values']): object =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? readText(optionOf(name as OptionName), value) : value,
    ]),
  )

async function readInput(path: string, cwd: string): Promise<object> {
  const text =
    path === '-'
      ? await readStdin()
      : await readFile(resolve(cwd, path), 'utf8').catch((cause: Error) => {
          throw new UserError(
            `--json: ${path} cannot be read: ${cause.message}`,
            ['Give a file, or - for standard input.'],
            { cause },
          )
        })
  const value = parse(text, path === '-' ? 'standard input' : path)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError('--json: the input is no JSON object.', [
      'For example: {"dir": "shop", "example": "ecommerce"}',
    ])
  return value
}

function parse(text: string, source: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UserError(`--json: ${source} is not JSON: ${(cause as Error).message}`, [], { cause })
  }
}

/** An open pipe that never ends must not make us wait for ever. */
async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  const timer = setTimeout(() => process.stdin.destroy(new Error('time is up')), STDIN_LIMIT_MS)
  try {
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
  } catch (cause) {
    throw new UserError(
      `--json: standard input did not end within ${STDIN_LIMIT_MS / 1000} s.`,
      [],
      { cause },
    )
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/**
 * Options that contradict each other are refused rather than one of them ignored.
 * @throws UserError
 */
export function checkTogether(given: Given): void {
  for (const switchedOff of ['setup', 'install'] as const)
    for (const needsIt of ['install', 'git', 'test', 'start'] as const) {
      const independent = switchedOff === 'install' && (needsIt === 'install' || needsIt === 'git')
      if (given[switchedOff] !== false || given[needsIt] !== true || independent) continue
      throw new UserError(`${flagOf(needsIt)} needs what --no-${switchedOff} leaves out.`, [
        'Leave one of them out.',
      ])
    }
  if (given.quiet && given.verbose) throw new UserError('--quiet and --verbose exclude each other.')
  if (given.yes && given.interactive)
    throw new UserError('--yes and --interactive exclude each other.')
}

/** All options: what `create-ssot-app` takes. */
export const createOptions: readonly OptionName[] = flagNames
