/** `ssot client` and `ssot db …`: Prisma's work without Prisma's command line. Heavy packages come from the app. */
import { join, resolve } from 'node:path'
import { loadSchema } from '../schema/load.js'
import { readDatabaseApp, type DatabaseApp } from './app.js'
import { generateClient } from './client.js'
import { migrate } from './migrate.js'
import { pull } from './pull.js'
import { push } from './push.js'
import { refuseInProduction, reset } from './reset.js'
import { runScript, UNLIMITED } from './run-script.js'

export { generateClient } from './client.js'

export type DatabaseCommand = 'push' | 'migrate' | 'deploy' | 'pull' | 'reset' | 'seed'

export type DatabaseOptions = {
  /** `migrate`: words for the name of the migration. */
  readonly name?: string
  /** `migrate`: what has a new name. */
  readonly rename?: string
  /** `push`, `migrate`: columns and tables that hold data may go. */
  readonly acceptDataLoss?: boolean
  /** `pull`: lines of the schema that the database does not confirm may go. `reset`: in production too. */
  readonly force?: boolean
}

/**
 * Runs a database command in the app that lies in `appRoot`.
 * @param report gets what happened, line by line
 * @throws UserError when it can't be done; the message says what to do
 */
export async function runDatabaseCommand(
  command: DatabaseCommand,
  appRoot: string,
  options: DatabaseOptions,
  report: (line: string) => void,
): Promise<void> {
  const root = resolve(appRoot)
  switch (command) {
    case 'push':
      return reportPush(root, options, report)
    case 'migrate':
      return reportMigrate(root, options, report)
    case 'deploy':
      return runScript(root, [join('src', 'db', 'migrate.ts')], report)
    case 'pull':
      return reportPull(root, options, report)
    case 'reset':
      return reportReset(root, options, report)
    case 'seed':
      await generateClient(root)
      return runScript(root, [join('prisma', 'seed.ts')], report, UNLIMITED)
  }
}

type Report = (line: string) => void

/** @throws UserError with file, line and excerpt when the schema is wrong */
async function checkedApp(root: string): Promise<DatabaseApp> {
  await loadSchema({ path: join(root, 'prisma') })
  return readDatabaseApp(root)
}

async function reportPush(root: string, options: DatabaseOptions, report: Report): Promise<void> {
  const app = await checkedApp(root)
  const { steps, emptyViews } = await push(app, options.acceptDataLoss === true)
  report(steps === 0 ? 'The database is what the schema says.' : 'The database was changed.')
  reportViews(emptyViews, report)
  await reportClient(root, report)
}

async function reportMigrate(
  root: string,
  options: DatabaseOptions,
  report: Report,
): Promise<void> {
  const app = await checkedApp(root)
  const { created, renamed, applied, adopted, emptyViews } = await migrate(app, options)
  if (adopted.length > 0) report(`Taken as applied, as the tables are there: ${adopted.join(', ')}`)
  if (renamed) report(`Wrote ${renamed.path}`)
  if (created) report(`Wrote ${created.path}`)
  if (applied.length > 0) report(`Applied ${applied.join(', ')}`)
  if (!created && applied.length + adopted.length === 0)
    report('Nothing to do: the database is what the schema says.')
  reportViews(emptyViews, report)
  await reportClient(root, report)
}

function reportViews(names: readonly string[], report: Report): void {
  if (names.length > 0)
    report(
      `Made without a row, as a schema does not say what a view selects: ${names.join(', ')}. Say it in a migration.`,
    )
}

async function reportPull(root: string, options: DatabaseOptions, report: Report): Promise<void> {
  const changes = await pull(await checkedApp(root), options.force === true)
  if (changes.length === 0) report('Nothing to do: the schema is what the database says.')
  for (const { path, added, removed } of changes) {
    report(`Wrote ${path}`)
    for (const line of removed) report(`  - ${line}`)
    for (const line of added) report(`  + ${line}`)
  }
  if (changes.length > 0) report('Next: ssot generate')
}

async function reportReset(root: string, options: DatabaseOptions, report: Report): Promise<void> {
  const app = await checkedApp(root)
  if (options.force !== true) refuseInProduction(app)
  await reportClient(root, report)
  await reset(app, report)
}

/** The schema may have changed since the client was made. */
async function reportClient(root: string, report: Report): Promise<void> {
  const { generated, output } = await generateClient(root)
  if (generated) report(`Generated ${output}`)
}
