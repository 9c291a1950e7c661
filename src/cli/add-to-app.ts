import { join, relative } from 'node:path'
import type { Config } from '../config.js'
import { readMigrations } from '../database/migrations.js'
import { UserError } from '../errors.js'
import { extendSchema, pathInApp, type SchemaPlace } from '../extend-schema.js'
import type { GenerateResult } from '../generate.js'
import { commandsOf } from '../kit/commands.js'
import { addToSchema, openSchema, type AddedToSchema } from '../schema/add/add.js'
import type { Addition } from '../schema/add/addition.js'
import { snake } from '../schema/add/habits.js'
import { appConfigOf } from './app-config.js'
import { changeLines, runGenerate } from './generating.js'
import { explain, type Context } from './main.js'
import { shellCommand } from './quote.js'

/** @throws UserError when the database would not follow the schema that the config names */
export const schemaPlace = async (root: string, env: NodeJS.ProcessEnv): Promise<SchemaPlace> =>
  placeOf(root, await appConfigOf(root, env))

function placeOf(root: string, { schema }: Config): SchemaPlace {
  if (!relative(join(root, 'prisma'), schema).startsWith('..')) return { root, schema }
  throw new UserError(`The schema of this app is ${schema}, outside of its folder prisma/.`, [
    'Add the model there, and run: npx ssot generate',
  ])
}

/**
 * Adds to the schema of an app, brings the code up to date, and writes the migration.
 * @returns one line on what was made
 * @throws before the schema is written, or after it is what it was again; an Error that says what is left to do where only
 * the migration is missing
 */
export async function addToApp(
  root: string,
  addition: Addition,
  context: Context,
): Promise<string> {
  const { env, signal, terminal } = context
  const config = await appConfigOf(root, env)
  const place = placeOf(root, config)
  const open = await openSchema(place.schema)
  const added = await addToSchema(open, addition)
  const { concurrency } = config
  const generated = await extendSchema(place, open, added, { concurrency, signal }, () =>
    runGenerate({ root, config, dryRun: false, force: false, signal }, context),
  )
  const before = new Set(open.catalog.schema.notices.map(({ message }) => message))
  const news = generated.notices.filter(({ message }) => !before.has(message))
  for (const note of [...added.notes, ...news.map(({ message }) => message)])
    terminal.note(`note: ${note}`)
  for (const line of writtenLines(place, added)) terminal.print(line)
  terminal.print(codeLine(generated))
  const { exec } = commandsOf(config.pm)
  const undone = await followInDatabase(root, addition, exec, terminal.print)
  const left = [conflictsIn(generated), undone].filter((text) => text !== null)
  if (left.length > 0) throw new Error(left.join('\n'))
  return `${addition.model.text} is in the schema, the code and the database`
}

/** `prisma/schema.prisma: model Invoice, Customer` */
function writtenLines(place: SchemaPlace, { files, inserted }: AddedToSchema): string[] {
  return files.map(({ path }) => {
    const blocks = inserted
      .filter((part) => part.path === path)
      .map(({ into, text }) => into ?? /^\w+ \w+/.exec(text)![0])
    return `${pathInApp(place, path)}: ${blocks.join(', ')}`
  })
}

/** What lies in prisma/ is the user's, and no part of it. */
function codeLine({ changes, files }: GenerateResult): string {
  const others = changes.filter(({ path }) => !path.startsWith('prisma/'))
  const lines = changeLines({ changes: others }, false)
  return `${files} files: ${lines.join(', ') || 'nothing to change'}`
}

/** @returns what is left to do, when the migration can't be made now */
async function followInDatabase(
  root: string,
  addition: Addition,
  exec: string,
  report: (line: string) => void,
): Promise<string | null> {
  const { generateClient, runDatabaseCommand } = await import('../database/index.js')
  // The first migration of an app makes all of it.
  const name = readMigrations(root).length === 0 ? undefined : nameOf(addition)
  const failure = await runDatabaseCommand(
    'migrate',
    root,
    name === undefined ? {} : { name },
    report,
  )
    .then(() => null)
    .catch((error: unknown) => explain(error, 1))
  if (failure === null) return null
  const client = await generateClient(root).then(
    () => [],
    () => [['ssot', 'client']],
  )
  // What the failure names is done with Prisma's own command line.
  const byPrisma = failure.remedies.some((remedy) => remedy.includes('prisma migrate'))
  const migrate = ['ssot', 'db', 'migrate', ...(name === undefined ? [] : ['--name', name])]
  return [
    `The migration is not made: ${failure.message.trimEnd()}`,
    'The schema and the code are changed, and stay. What is left:',
    ...failure.remedies.map((remedy) => `  ${remedy}`),
    ...[...client, ...(byPrisma ? [] : [migrate])].map(
      (words) => `  ${exec} ${shellCommand(words)}`,
    ),
  ].join('\n')
}

/** `add_invoice`, `add_notes_to_invoice`. */
function nameOf({ kind, model, words }: Addition): string {
  const to = snake(model.text)
  const [first, ...more] = words.map(({ text }) => /^\w+/.exec(text)?.[0])
  if (kind === 'model') return `add_${to}`
  return first === undefined || more.length > 0 ? `add_to_${to}` : `add_${snake(first)}_to_${to}`
}

/** @returns the files that the user has to look at before the app runs */
function conflictsIn({ changes }: GenerateResult): string | null {
  const conflicts = changes.filter(({ kind }) => kind === 'conflict')
  if (conflicts.length === 0) return null
  const places = conflicts.flatMap(({ path, lines }) => (lines ?? []).map((n) => `${path}:${n}`))
  const list = places.map((place) => `  ${place}`).join('\n')
  return `In these files your edits and the new text meet; what is left is to settle it:\n${list}`
}
