import type { Config } from '../config.js'
import type { OptionKind, ValueOf } from '../options.js'
import type { AnyPhase } from '../pipeline/phase.js'
import type { Schema } from '../schema/model.js'
import type { RunState } from '../state.js'
import type { AppView } from '../view/app.js'
import type { Contribution, Pack } from './index.js'

export const CATEGORIES = [
  'auth',
  'ai',
  'storage',
  'payments',
  'email',
  'voice',
  'search',
  'security',
  'monitoring',
  'realtime',
  'other',
] as const
export type Category = (typeof CATEGORIES)[number]

/** One question to whoever adds the plugin: a prompt, a flag and a key of `pluginOptions` are made of it. */
export type PluginOption = OptionKind & {
  /** One line: what it is for. */
  readonly hint: string
}

/** Options by name, in camelCase. */
export type PluginOptions = Readonly<Record<string, PluginOption>>

/** What `contribute` gets: every option with its value. One without a default may be undefined. */
export type OptionValues<O extends PluginOptions> = {
  readonly [K in keyof O]: O[K] extends { default: unknown } | { kind: 'names' }
    ? ValueOf<O[K]>
    : ValueOf<O[K]> | undefined
}

/** A phase of a plugin or of `ssot.config.ts`, and where it goes: beside a phase of ours, or in its place. */
export type PlacedPhase = { readonly phase: AnyPhase<RunState> } & (
  | { readonly before: string }
  | { readonly after: string }
  | { readonly replace: string }
)

export type PluginContribution = Omit<Contribution, 'dependencies' | 'devDependencies'> & {
  /**
   * Packages of the app. By name alone: those whose version this tool pins, see templates/versions/package.json.
   * With an exact version: others.
   */
  readonly dependencies?: readonly string[] | Readonly<Record<string, string>>
  readonly devDependencies?: readonly string[] | Readonly<Record<string, string>>
  /** Routes that the endpoints of the plugin answer: for the README, and to see whether a model is in the way. */
  readonly routes?: readonly PluginRoute[]
  /**
   * Prisma models and enums of the plugin itself, for the provider of `app`. They become `prisma/<id>.prisma`: in
   * the client, the migrations and the database, but not in the API. No relations to the user's models, as Prisma
   * would want a field in those: keep the id as a column, see `keyColumn`.
   */
  readonly schema?: string
}

export type PluginRoute = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** From the root of the server: `/api/usage`. */
  readonly path: string
  /** What it does, in a few words. */
  readonly does: string
}

/** A file of the schema that a plugin gives to the user. */
export type GivenSchema = {
  /** Its name in `prisma/`: `user.prisma`. */
  readonly file: string
  readonly content: string
}

export type Plugin<O extends PluginOptions = PluginOptions> = Omit<Pack, 'contribute' | 'when'> & {
  /** One line for `ssot list plugins`. */
  readonly description: string
  readonly category: Category
  readonly options: O
  /** Ids of plugins that come along. */
  readonly requires?: readonly string[]
  /** Ids of plugins that can't be there at the same time. */
  readonly conflicts?: readonly string[]
  /** Asked of built-in plugins that nobody chose: does the schema itself call for it? */
  shouldActivate?(schema: Schema, config: Config): boolean
  /**
   * Models that the app needs and the user's schema lacks, such as a `User`: written once, the user's from then on, and
   * served like all others. Null where nothing is missing.
   */
  models?(schema: Schema, options: OptionValues<O>): GivenSchema | null
  /** Phases of generation. Those of a plugin that the schema activates can't go before `plugins`. */
  readonly phases?: readonly PlacedPhase[]
  contribute(app: AppView, options: OptionValues<O>): PluginContribution
}

/** Identity with a type: what the `plugin.ts` of every plugin exports as `plugin`. */
export const definePlugin = <const O extends PluginOptions>(plugin: Plugin<O>): Plugin<O> => plugin
