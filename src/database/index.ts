/** `ssot client` and `ssot db …`: Prisma's work without Prisma's command line. Heavy packages come from the app. */
import { join, resolve } from 'node:path'
import { loadSchema } from '../schema/load.js'
import { readDatabaseApp, type DatabaseApp } from './app.js'
import { generateClient } from './client.js'
import { migrate } from './migrate.js'
import { pull } from './pull.js'
import { push } from './push.js'
import { runScript } from './run-script.js'

export { generateClient } from './client.js'

export type DatabaseCommand = 'push' | 'migrate' | 'deploy' | 'pull' | 'seed'

export type DatabaseOptions = {
  /** `migrate`: words for the name of the migration. */
  readonly name?: string
  /** `push`, `migrate`: columns and tables that hold data may go. */
  readonly acceptDataLoss?: boolean
  /** `pull`: lines of the schema that the database does not confirm may go. */
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
      return runScript(root, join('src', 'db', 'migrate.ts'), report)
    case 'pull':
      return reportPull(root, options, report)
    case 'seed':
      await generateClient(root)
      return runScript(root, join('prisma', 'seed.ts'), report)
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
  const { steps } = await push(app, options.acceptDataLoss === true)
  report(steps === 0 ? 'The database is what the schema says.' : 'The database was changed.')
  await reportClient(root, report)
}

async function reportMigrate(
  root: string,
  options: DatabaseOptions,
  report: Report,
): Promise<void> {
  const app = await checkedApp(root)
  const { created, applied } = await migrate(app, options)
  if (created) report(`Wrote ${created.path}`)
  if (applied.length > 0) report(`Applied ${applied.join(', ')}`)
  if (!created && applied.length === 0)
    report('Nothing to do: the database is what the schema says.')
  await reportClient(root, report)
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

/** The schema may have changed since the client was made. */
async function reportClient(root: string, report: Report): Promise<void> {
  const { generated, output } = await generateClient(root)
  if (generated) report(`Generated ${output}`)
}
