import type { OptionName } from '../options.js'
import type { Flags } from './args.js'
import { choicesHelp, columns, optionsHelp } from './help.js'

/** Options of `ssot generate`. */
export const generateOptions: readonly OptionName[] = [
  ...(['schema', 'framework', 'mode', 'plugins', 'ui', 'pm', 'format'] as const),
  ...(['dryRun', 'json', 'force', 'concurrency', 'formatConcurrency', 'verbose', 'quiet'] as const),
]

const rename = { kind: 'text', repeated: true } as const

/** Flags that only `ssot generate` has. */
export const generateFlags = { watch: { kind: 'switch' }, rename } as const satisfies Flags

/** Flags that only `ssot diff` has. */
export const diffFlags = { rename } as const satisfies Flags

/** Flags that only `ssot db migrate` has. */
export const migrateFlags = {
  name: { kind: 'text' },
  rename,
  acceptDataLoss: { kind: 'switch' },
} as const satisfies Flags

const RENAME_HELP = [
  '--rename Old=New',
  'A model, enum or field (Model.old=Model.new) has a new name: its files and edits move along',
] as const

/** Options of `ssot diff`. */
export const diffOptions: readonly OptionName[] = generateOptions.filter(
  (name) => !['dryRun', 'force', 'concurrency'].includes(name),
)

/** Options of `ssot add`, `remove`, `set` and `upgrade`. */
export const changeOptions: readonly OptionName[] = [
  ...(['yes', 'dryRun', 'json', 'setup', 'verbose', 'quiet'] as const),
]

/** Choices that `ssot set` changes; the others of a config have commands of their own, or none. */
export const settable = [
  ...(['framework', 'mode', 'ui', 'pm', 'format'] as const),
] satisfies OptionName[]

/** Flags that only `ssot remove` has. */
export const removeFlags = { dropTables: { kind: 'switch' } } as const satisfies Flags

/** Flags that only `ssot eject` has. */
export const ejectFlags = { undo: { kind: 'switch' } } as const satisfies Flags

/** Options of `ssot db …` and `ssot client` that every such command takes. */
export const reportOptions: readonly OptionName[] = ['json', 'verbose', 'quiet']

export const databaseCommands = {
  push: 'Bring the database to the state of the schema, without a migration (--accept-data-loss)',
  migrate:
    'Write a migration for what changed in the schema, and apply it (--name <name>, --rename Old=New, --accept-data-loss)',
  deploy: 'Apply the migrations that the database lacks',
  pull: 'Write the schema that the database has (--force to overwrite)',
  reset: 'Delete all data, make the database anew, and fill it (asks first; --force does not)',
  seed: 'Fill the database with example rows',
} as const

const commands = {
  generate: 'Bring the app up to date with its schema; your edits stay',
  add: 'Make a plugin part of the app, or change its options: ssot add <plugin>',
  remove: 'Take a plugin out of the app; what you edited stays',
  set: 'Change the choices of the app: ssot set framework=fastify mode=layered',
  eject: 'Stop generating one file: it is yours from then on',
  upgrade: 'Bring an app of an older version to this one; your edits stay',
  diff: 'Show what generate would change, line by line',
  client: 'Generate the Prisma client',
  db: `The database: ${Object.keys(databaseCommands).join(', ')}`,
  doctor: 'Look the app over: machine, packages, settings, code, database',
  list: 'List what an app can be made of; ssot list plugins: the plugins',
  version: 'Print the version',
} as const

export type CommandName = keyof typeof commands
export const commandNames = Object.keys(commands) as CommandName[]

export const ssotHelp = (): string => `Usage: ssot <command> [flags]

Works on the app in the current folder, or the one that this folder is part of.

${columns(Object.entries(commands))}

Help on a command: ssot <command> --help
`

const ARGUMENTS: { readonly [N in CommandName]?: string } = {
  add: ' <plugin>',
  remove: ' <plugin>',
  set: ' <choice>=<value>…',
  eject: ' <file>',
  db: ' <command>',
  list: ' [plugins]',
}

/** @returns the help of one command */
export function commandHelp(name: CommandName): string {
  const usage = `Usage: ssot ${name}${ARGUMENTS[name] ?? ''} [flags]`
  const head = `${usage}\n\n${commands[name]}.\n`
  switch (name) {
    case 'generate':
      return `${head}\n${optionsHelp(generateOptions)}\n${columns([['--watch', 'Generate again whenever schema or config is saved'], RENAME_HELP])}\n`
    case 'diff':
      return `${head}\n${optionsHelp(diffOptions)}\n${columns([RENAME_HELP])}\n`
    case 'db':
      return `${head}\n${columns(Object.entries(databaseCommands))}\n\n${optionsHelp(reportOptions)}\n`
    case 'add':
      return `${head}\n${optionsHelp(changeOptions)}\n\nThe options of each plugin: ssot list plugins\n`
    case 'set':
      return `${head}\n${choicesHelp(settable)}\n\n${optionsHelp(changeOptions)}\n`
    case 'remove':
      return `${head}\n${optionsHelp(changeOptions)}\n${columns([['--drop-tables', 'Drop its tables too, with their rows, by a migration']])}\n`
    case 'upgrade':
      return `${head}\n${optionsHelp(changeOptions)}\n\nFrom outside of the app: npx -p create-ssot-app@latest ssot upgrade\n`
    case 'eject':
      return `${head}\n${optionsHelp(reportOptions)}\n${columns([['--undo', 'Generate it again, merged with what you made of it']])}\n`
    case 'client':
    case 'doctor':
    case 'version':
      return `${head}\n${optionsHelp(reportOptions)}\n`
    case 'list':
      return `${head}\n${columns([['--json', 'Print the list as JSON']])}\n`
  }
}
