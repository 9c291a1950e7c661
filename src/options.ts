/**
 * Every option of the product, as plain data: prompts, flags, help, `ssot.config.ts` and `--json` input are made from it.
 * It imports nothing, so that `--help` can print it without loading anything else; `config.ts` makes the zod schema of it.
 */

type Meta = {
  /** One line: what it is for. Shown by `--help` and beside the prompt. */
  readonly hint: string
  /** `app`: part of the app, may stand in `ssot.config.ts`. `run`: concerns one run only. */
  readonly scope: 'app' | 'run'
  /** True where a prompt asks for it, in the words of the hint. */
  readonly asked?: boolean
  /** One-letter flag. */
  readonly short?: string
  /** Environment variable that stands in for the flag. */
  readonly env?: string
  /** True where the value holds a password: it is never shown. */
  readonly secret?: boolean
}

/** What the value of an option may be. */
export type OptionKind =
  | { readonly kind: 'text'; readonly value: string; readonly default?: string }
  | {
      readonly kind: 'choice'
      readonly choices: readonly string[]
      /** What a choice means, in a few words. */
      readonly labels?: Readonly<Record<string, string>>
      /** Choices of a coming version: refused, and the message says so. */
      readonly later?: readonly string[]
      readonly default?: string
    }
  /** Several names; with `open` others than the known ones will do. */
  | { readonly kind: 'names'; readonly known: readonly string[]; readonly open?: boolean }
  | { readonly kind: 'switch'; readonly default?: boolean }
  /** A whole number; the least is 1 unless said otherwise. */
  | {
      readonly kind: 'count'
      readonly min?: number
      readonly max: number
      readonly default: number
    }

/** Values of the options of plugins, by plugin: no flag of its own, as each of them has one. */
type SettingsKind = { readonly kind: 'settings' }

export type Option = Meta & (OptionKind | SettingsKind)

export const options = {
  dir: {
    kind: 'text',
    value: '<dir>',
    default: 'my-app',
    hint: 'Folder to make the app in; its name becomes the package name',
    asked: true,
    scope: 'run',
  },
  example: {
    kind: 'choice',
    choices: ['minimal', 'blog', 'ecommerce', 'ai-chat', 'saas'],
    labels: {
      minimal: '2 models',
      blog: '7 models, junction tables',
      ecommerce: '24 models, a shop',
      'ai-chat': '11 models, PostgreSQL',
      saas: '6 models, organisations with roles and policies',
    },
    default: 'minimal',
    hint: 'Example schema to start from',
    asked: true,
    scope: 'run',
  },
  schema: {
    kind: 'text',
    value: '<file|folder>',
    hint: 'Your Prisma schema: a .prisma file, or a folder of them',
    asked: true,
    scope: 'app',
  },
  fromDatabase: {
    kind: 'text',
    value: '<url>',
    env: 'SSOT_FROM_DATABASE',
    hint: 'A database whose tables become the schema: postgresql://…, mysql://…, file:… of SQLite',
    asked: true,
    secret: true,
    scope: 'run',
  },
  framework: {
    kind: 'choice',
    choices: ['express', 'fastify'],
    default: 'express',
    hint: 'HTTP framework of the app',
    asked: true,
    scope: 'app',
  },
  mode: {
    kind: 'choice',
    choices: ['registry', 'layered'],
    default: 'registry',
    labels: { registry: 'one entry per model', layered: 'a folder of files per model' },
    hint: 'Shape of the code: one entry, or one folder, per model',
    asked: true,
    scope: 'app',
  },
  database: {
    kind: 'choice',
    choices: ['sqlite', 'postgresql', 'mysql'],
    hint: 'Database of an example; with --schema it is read from the schema',
    scope: 'run',
  },
  plugins: {
    kind: 'names',
    known: ['api-key', 'google', 'jwt', 'rls', 'usage-tracker'],
    open: true,
    hint: 'Plugins, separated by commas: those of `ssot list plugins`, or npm packages',
    asked: true,
    scope: 'app',
  },
  pluginOptions: {
    kind: 'settings',
    hint: 'Options of plugins, by plugin',
    scope: 'app',
  },
  ui: {
    kind: 'choice',
    choices: ['none'],
    later: ['next'],
    default: 'none',
    hint: 'Admin UI',
    scope: 'app',
  },
  pm: {
    kind: 'choice',
    choices: ['npm', 'pnpm', 'yarn', 'bun'],
    default: 'npm',
    hint: 'Package manager; by default the one that called',
    scope: 'app',
  },
  yes: {
    kind: 'switch',
    default: false,
    short: 'y',
    hint: 'Take the default of every question that is still open',
    scope: 'run',
  },
  dryRun: {
    kind: 'switch',
    default: false,
    hint: 'Print what would be written, and write nothing',
    scope: 'run',
  },
  setup: {
    kind: 'switch',
    default: true,
    hint: 'Make the app ready to run: install, client, .env, database, seed data, git',
    scope: 'run',
  },
  install: { kind: 'switch', default: true, hint: 'Install the dependencies', scope: 'run' },
  git: {
    kind: 'switch',
    default: true,
    hint: 'Make a git repository with a first commit',
    scope: 'run',
  },
  test: { kind: 'switch', default: false, hint: "Run the app's tests after set-up", scope: 'run' },
  start: { kind: 'switch', default: false, hint: 'Start the app after set-up', scope: 'run' },
  format: {
    kind: 'switch',
    default: true,
    env: 'SSOT_FORMAT_CODE',
    hint: 'Format the emitted code',
    scope: 'app',
  },
  concurrency: {
    kind: 'count',
    max: 512,
    default: 16,
    env: 'SSOT_WRITE_CONCURRENCY',
    hint: 'Files written at a time',
    scope: 'run',
  },
  formatConcurrency: {
    kind: 'count',
    max: 64,
    default: 4,
    env: 'SSOT_FORMAT_CONCURRENCY',
    hint: 'Files formatted at a time',
    scope: 'run',
  },
  force: {
    kind: 'switch',
    default: false,
    hint: 'Add the app to a folder that is not empty; files in the way are still refused',
    scope: 'run',
  },
  json: {
    kind: 'switch',
    default: false,
    hint: 'Print one JSON report; --json=<file>, or - for stdin, also reads options',
    scope: 'run',
  },
  interactive: {
    kind: 'switch',
    hint: 'Ask questions; by default on a terminal and not in CI',
    scope: 'run',
  },
  verbose: { kind: 'switch', default: false, hint: 'Show the output of every step', scope: 'run' },
  quiet: { kind: 'switch', default: false, short: 'q', hint: 'Print errors only', scope: 'run' },
} as const satisfies Readonly<Record<string, Option>>

type Table = typeof options
export type OptionName = keyof Table
/** Values of one plugin's options, as given. */
export type Settings = Readonly<Record<string, unknown>>
export type ValueOf<O> = O extends { kind: 'choice'; choices: readonly (infer C)[] }
  ? C
  : O extends { kind: 'switch' }
    ? boolean
    : O extends { kind: 'count' }
      ? number
      : O extends { kind: 'names' }
        ? readonly string[]
        : O extends { kind: 'settings' }
          ? Readonly<Record<string, Settings>>
          : string

/** Values given by one source; what is not there was not given. */
export type Given = { readonly [K in OptionName]?: ValueOf<Table[K]> }

/** Names of the options that may stand in `ssot.config.ts`. */
export type AppOptionName = {
  [K in OptionName]: Table[K]['scope'] extends 'app' ? K : never
}[OptionName]

export const optionNames = Object.keys(options) as OptionName[]

export const optionOf = (name: OptionName): Option => options[name]

/** Some of the options, by name: the flags of a command. */
export const optionsOf = (names: readonly OptionName[]): Record<string, Option> =>
  Object.fromEntries(names.map((name) => [name, optionOf(name)]))

/** Names of the options that a command line can give. */
export const flagNames = optionNames.filter((name) => optionOf(name).kind !== 'settings')

/** Ways to give the schema: one of them is taken. */
export const schemaOptions = ['schema', 'example', 'fromDatabase'] as const satisfies OptionName[]

/** `formatConcurrency` is given as `--format-concurrency`. */
export const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`
