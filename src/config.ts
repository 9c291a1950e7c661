import { join, resolve } from 'node:path'
import * as z from 'zod'
import { UserError } from './errors.js'
import type { PlacedPhase } from './kit/plugin.js'
import { suggest } from './nearest.js'
import { readText, typeOf, wrongValue } from './option-values.js'
import {
  flagOf,
  optionNames,
  optionOf,
  options as table,
  schemaOptions,
  type AppOptionName,
  type Given,
  type OptionName,
  type Settings,
  type ValueOf,
} from './options.js'
import type { BuiltInOptions } from './plugins/built-in.js'
import { packageRoot } from './root.js'

/** What `ssot.config.ts` may hold. */
export type AppConfig = {
  [K in Exclude<AppOptionName, 'pluginOptions'>]?: NonNullable<Given[K]>
} & {
  pluginOptions?: BuiltInOptions & Readonly<Record<string, Settings>>
  /** Phases of generation, each beside one of ours or in its place. */
  phases?: readonly PlacedPhase[]
}

/** Identity with a type: what `ssot.config.ts` exports by default. */
export const defineConfig = (config: AppConfig): AppConfig => config

/** Every option with its value: given, else its default. */
export type Options = Defaulted & Given
type Defaulted = {
  readonly [
    K in OptionName as (typeof table)[K] extends
      | { default: unknown }
      | { kind: 'names' | 'settings' }
      ? K
      : never
  ]: ValueOf<(typeof table)[K]>
}

/** What generation depends on. */
export type Config = Pick<
  Options,
  | 'framework'
  | 'mode'
  | 'plugins'
  | 'pluginOptions'
  | 'ui'
  | 'pm'
  | 'format'
  | 'concurrency'
  | 'formatConcurrency'
> & {
  /** Absolute path of a `.prisma` file or of a folder of them. */
  readonly schema: string
  /** Name of the example that `schema` belongs to; null where it is the user's own. */
  readonly example: string | null
  /** Provider to use in place of the one in the schema; null: as the schema says. */
  readonly database: Options['database'] | null
  /** Of `ssot.config.ts`; left out where it names none. */
  readonly phases?: readonly PlacedPhase[]
}

/** The schema behind flags, prompts, `ssot.config.ts` and `--json` input. */
const optionsSchema = z.strictObject(
  Object.fromEntries(optionNames.map((name) => [name, typeOf(optionOf(name)).optional()])),
)

/** Where values come from: how an error names them, and which options may stand there. */
export type Source = {
  readonly name: string
  readonly scope?: 'app'
  label(option: string): string
}

export const sources = {
  flags: { name: 'the command line', label: flagOf },
  input: { name: 'the --json input', label: (name) => `'${name}' in the --json input` },
  answers: { name: 'the answers', label: (name) => `The answer to '${name}'` },
  environment: {
    name: 'the environment',
    label: (name) => optionOf(name as OptionName).env ?? name,
  },
  file: { name: 'ssot.config.ts', scope: 'app', label: (name) => `'${name}' in ssot.config.ts` },
} as const satisfies Record<string, Source>

/**
 * Checks the values of one source.
 * @throws UserError that names each option that is unknown or has a wrong value, with the nearest names and the list
 */
export function checkOptions(values: object, source: Source): Given {
  const found = optionsSchema.safeParse(values)
  const outOfPlace = optionNames.filter(
    (name) => name in values && source.scope === 'app' && optionOf(name).scope === 'run',
  )
  if (outOfPlace.length > 0)
    throw new UserError(`${source.label(outOfPlace[0]!)} concerns one run only.`, [
      `Give it on the command line: ${flagOf(outOfPlace[0]!)}.`,
    ])
  if (found.success) return found.data as Given
  const [issue] = found.error.issues
  if (issue!.code === 'unrecognized_keys') throw unknownOption(issue!.keys[0]!, source)
  const name = issue!.path[0] as OptionName
  const value = (values as Record<string, unknown>)[name]
  throw wrongValue(optionOf(name), value, source.label(name))
}

function unknownOption(name: string, source: Source): UserError {
  const known = optionNames.filter((key) => source.scope !== 'app' || optionOf(key).scope === 'app')
  return new UserError(`${source.name} has no option '${name}'.`, suggest(name, known))
}

/** Reads the variables that stand in for flags; empty ones count as not given. */
export function readEnvironment(env: NodeJS.ProcessEnv): Given {
  const values = optionNames.flatMap((name) => {
    const option = optionOf(name)
    const text = option.env === undefined ? undefined : env[option.env]
    return text ? [[name, readText(option, text)] as const] : []
  })
  return checkOptions(Object.fromEntries(values), sources.environment)
}

/** The package manager that called us, from its user agent. */
function callingPackageManager(userAgent: string | undefined): Options['pm'] {
  const name = userAgent?.split('/')[0]
  return table.pm.choices.find((pm) => pm === name) ?? table.pm.default
}

/** Sources in order of precedence, the strongest first. Where the schema comes from is one question: the strongest wins. */
export function mergeGiven(given: readonly Given[]): Given {
  const merged: Record<string, unknown> = {}
  for (const source of given) {
    const hasSchema = schemaOptions.some((name) => name in merged)
    for (const [name, value] of Object.entries(source))
      if (name === 'pluginOptions')
        merged[name] = mergeSettings(merged[name], value as Given['pluginOptions'])
      else if (!(name in merged) && !(hasSchema && isSchemaOption(name))) merged[name] = value
  }
  return merged as Given
}

/** Options of plugins are given one by one. */
function mergeSettings(strong: unknown, weak: Given['pluginOptions'] = {}): unknown {
  const merged: Record<string, Settings> = { ...(strong as Given['pluginOptions']) }
  for (const [id, settings] of Object.entries(weak)) merged[id] = { ...settings, ...merged[id] }
  return merged
}

const isSchemaOption = (name: string): boolean => schemaOptions.some((option) => option === name)

/** Fills in the defaults. */
export function withDefaults(given: Given, env: NodeJS.ProcessEnv): Options {
  const defaults = optionNames.flatMap((name): [OptionName, unknown][] => {
    const option = optionOf(name)
    if (option.kind === 'names') return [[name, []]]
    if (option.kind === 'settings') return [[name, {}]]
    return option.default === undefined ? [] : [[name, option.default]]
  })
  const pm = callingPackageManager(env['npm_config_user_agent'])
  return { ...Object.fromEntries(defaults), pm, ...given } as unknown as Options
}

/**
 * The part of the options that generation depends on; paths become absolute against `folder`.
 * @param schema path of a schema that was made for this run
 */
export function configOf(options: Options, folder: string, schema = options.schema): Config {
  const { framework, mode, plugins, pluginOptions, ui, pm } = options
  const { format, concurrency, formatConcurrency } = options
  const example = schema === undefined ? options.example : null
  return {
    framework,
    mode,
    plugins,
    pluginOptions,
    ui,
    pm,
    format,
    concurrency,
    formatConcurrency,
    schema: example === null ? resolve(folder, schema!) : exampleSchema(example),
    example,
    database: options.database ?? null,
  }
}

/** Path of the schema of an example. */
export const exampleSchema = (name: string): string =>
  join(packageRoot(), 'examples', name, 'schema.prisma')
