/**
 * All that packs and plugins import. A pack turns an `AppView` into contributions; it never touches a disk.
 */
import { phasesOf } from '../pipeline/phase.js'
import type { RunState } from '../state.js'
import type { AppView } from '../view/app.js'
import type { PluginRoute } from './plugin.js'

export * from './plugin.js'
export { UserError } from '../errors.js'
export { literal } from '../view/text.js'
export { keyColumn } from './key-column.js'
export { ownerLine } from '../schema/owner-line.js'
export { stuckColumns } from '../schema/given.js'
export type { AppView, PluginView } from '../view/app.js'
export { commandsOf } from './commands.js'
export type { ModelView } from '../view/model.js'
export { embeddedExtension, extensionsOf } from '../schema/extensions.js'
export { viewPolicies } from '../view/policy/app.js'
export { viewRowSecurity } from '../view/policy/sql/view.js'
export { claimsUsed } from '../view/policy/claims-used.js'
export { viewSeed } from '../view/sample-seed.js'
export { sampleValue } from '../view/sample-value.js'
export { viewTests } from '../view/sample-test.js'
export type { FieldView, RelationView } from '../view/field.js'

/**
 * Places in host templates that packs and plugins may fill; the host prints the lines sorted, one per line. What a plugin
 * exports from `src/plugins/<id>/index.ts` stands there by the plugin's name: `...usageTracker.endpoints`.
 */
export const SLOTS = [
  /** Import lines of `src/app.ts`. */
  'app.imports',
  /** Elements of its list of resources: `...resources`. */
  'app.resources',
  /** Elements of its list of endpoints beside the models: `...docsEndpoints`. */
  'app.endpoints',
  /** Functions that tell who calls, an `Authenticator` of `src/http/authenticate.ts` each: `jwt.authenticate`. */
  'app.authenticators',
  /** Functions that are told of every answer, an `Observer` of `src/http/exchange.ts` each: `usageTracker.observe`. */
  'app.observers',
  /** What is waited for before the server listens: `usageTracker.start()`. */
  'server.start',
  /** What is waited for after the last answer, while the database can still be asked: `usageTracker.stop()`. */
  'server.stop',
  /** Elements of what `/ready` asks beside the database, a `ReadyCheck` of `src/http/health.ts` each. */
  'ready.checks',
  /** Elements of what the OpenAPI document says beside the models, an `OpenApiPart` of `src/openapi/parts.ts` each. */
  'openapi.parts',
  /** Sections of the app's README, Markdown that begins with `### `. */
  'readme.sections',
] as const
export type Slot = (typeof SLOTS)[number]

/** What regeneration does when the file is already there: merge (default), leave it for ever, or replace it. */
export type OnExisting = 'merge' | 'skip' | 'overwrite'

export type FileSpec = {
  /** POSIX path relative to the app. */
  readonly path: string
  /** Path below the pack's `files/`. Ends in `.hbs`: rendered with `view`; else copied as it is. */
  readonly template: string
  /** Plain data, complete: a template that names a key which is not there fails. A host file, which prints what
   * all packs contributed, makes its view from that. */
  readonly view?: object | ((all: Contributed) => object)
  readonly onExisting?: OnExisting
  /** Left out where it says no: for a host file that is empty without plugins. */
  readonly when?: (all: Contributed) => boolean
  /** True for a script that is run: the file gets mode 0755. */
  readonly executable?: boolean
}

export type EnvVar = {
  readonly name: string
  readonly description: string
  /** What `.env.example` shows; for a secret a sample that production refuses. */
  readonly example: string
  /** Random value written to `.env` at set-up; production refuses the sample. */
  readonly secret?: boolean
  /** Zod expression for `src/env.ts`, e.g. `z.coerce.number().int().default(3000)`. */
  readonly zod: string
  /** Value `.env` gets at set-up, where it is not the example. */
  readonly value?: string
  /** Value in tests, for a variable that has no default. */
  readonly test?: string
}

export type Contribution = {
  readonly files?: readonly FileSpec[]
  /** Names only: versions come from templates/versions/package.json. */
  readonly dependencies?: readonly string[]
  readonly devDependencies?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly env?: readonly EnvVar[]
  readonly slots?: { readonly [S in Slot]?: readonly string[] }
}

/** What all packs of a run contributed together; sorted, each once. */
export type Contributed = {
  /** Version by package name. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
  readonly env: readonly EnvVar[]
  readonly slots: Readonly<Record<Slot, readonly string[]>>
  /** Plugins that fill a slot, by the names that their files are imported as. */
  readonly filledBy: Readonly<Record<Slot, readonly string[]>>
  /** What the endpoints of plugins answer. */
  readonly routes: readonly PluginRoute[]
}

export type Pack = {
  readonly id: string
  /** Ids of packs that must be there too. */
  readonly needs?: readonly string[]
  /** Default: always. */
  when?(app: AppView): boolean
  contribute(app: AppView): Contribution
}

/** Identity with a type: what every `templates/<pack>/pack.ts` exports as `pack`. */
export const definePack = (pack: Pack): Pack => pack

/** Binds the type of a run's state: for phases that a plugin or `ssot.config.ts` adds. */
export const definePhase = phasesOf<RunState>()

/** The names to import from `plugins/index.js` where some slots are filled: `jwt, usageTracker`; null for none. */
export function pluginImports({ filledBy }: Contributed, ...slots: readonly Slot[]): string | null {
  const names = [...new Set(slots.flatMap((slot) => filledBy[slot]))].sort()
  return names.length === 0 ? null : names.join(', ')
}

/** What both templates of `src/app.ts` print. */
export const appView = (all: Contributed): object => ({
  plugins: pluginImports(all, 'app.resources', 'app.endpoints'),
  imports: all.slots['app.imports'],
  resources: all.slots['app.resources'],
  endpoints: all.slots['app.endpoints'],
})

/** One file copied as it is; its path in the app is its path below the pack's `files/`, unless given. */
export const copy = (path: string, template = path): FileSpec => ({ path, template })

/** One file rendered from `files/<template>.hbs`; the template's own path is the default. */
export const render = (
  path: string,
  view: NonNullable<FileSpec['view']>,
  template = path,
): FileSpec => ({
  path,
  template: `${template}.hbs`,
  view,
})
