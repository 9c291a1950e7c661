/**
 * All that packs and plugins import. A pack turns an `AppView` into contributions; it never touches a disk.
 */
import type { AppView } from '../view/app.js'

export type { AppView } from '../view/app.js'
export { commandsOf } from './commands.js'
export type { ModelView } from '../view/model.js'
export { embeddedExtension, extensionsOf } from '../schema/extensions.js'
export { viewSeed } from '../view/sample-seed.js'
export { viewTests } from '../view/sample-test.js'
export type { FieldView, RelationView } from '../view/field.js'

/** Places in host templates that packs and plugins may fill; the host prints the lines sorted, one per line. */
export const SLOTS = [
  /** Import lines of `src/app.ts`. */
  'app.imports',
  /** Elements of its list of resources: `...resources`. */
  'app.resources',
  /** Elements of its list of endpoints beside the models: `...docsEndpoints`. */
  'app.endpoints',
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
