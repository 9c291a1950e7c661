import { join } from 'node:path'
import { UserError } from '../errors.js'
import { loadSchema } from '../schema/load.js'
import type { DatabaseApp } from './app.js'
import { driversFor } from './connect.js'
import { createExtensions } from './create-extensions.js'
import type { Driver, Drivers } from './driver.js'
import { noFilters, withEngine } from './engine.js'
import { engineSchema } from './engine-schema.js'
import { pushMysql } from './mysql.js'
import type { PushResult } from './results.js'
import { deleteOrphans } from './owned-tables.js'
import { hasRowSecurity, OFF, PAUSE, readRowSecurity } from './row-security.js'
import { placeholderViews } from './views.js'

/**
 * Makes the database what the schema says, without a migration.
 * @param acceptDataLoss drop columns and tables that hold data
 * @throws UserError when data would be lost and that was not accepted, or when it can't be done
 */
export async function push(app: DatabaseApp, acceptDataLoss: boolean): Promise<PushResult> {
  if (app.provider === 'mysql') return pushMysql(app)
  const schema = engineSchema(app)
  const drivers = driversFor(app, 'db push')
  const declared = await loadSchema({ path: join(app.root, 'prisma') })
  return withEngine(app.root, drivers, schema.files, async (engine, database) => {
    await createExtensions(app, drivers, database)
    const rules = readRowSecurity(app)
    const hadRules = await hasRowSecurity(drivers, database)
    if (rules !== null || hadRules) await database.script(PAUSE)
    const orphans = deleteOrphans(app.files, await existing(drivers, database, TABLES))
    if (orphans !== '') await database.script(orphans)
    const input = { schema, filters: noFilters, force: acceptDataLoss }
    const { executedSteps, warnings, unexecutable } = await engine.schemaPush(input)
    if (unexecutable.length > 0) throw impossible(unexecutable)
    if (warnings.length > 0 && !acceptDataLoss) throw dataLoss('push', warnings)
    const views = placeholderViews(declared, await existing(drivers, database, VIEWS))
    if (views.sql !== '') await database.script(views.sql)
    if (rules !== null || hadRules) await database.script(rules?.sql ?? OFF)
    return { steps: executedSteps + views.names.length, emptyViews: views.names }
  })
}

const VIEWS = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'view'",
  others: 'SELECT viewname FROM pg_views UNION SELECT matviewname FROM pg_matviews',
}
const TABLES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table'",
  others: 'SELECT tablename FROM pg_tables',
}

async function existing(
  { dialect }: Drivers,
  database: Driver,
  { sqlite, others }: typeof VIEWS,
): Promise<(name: string) => boolean> {
  const { rows } = await database.query(dialect === 'sqlite' ? sqlite : others, [])
  const names = new Set(rows.map(([name]) => String(name)))
  return (name) => names.has(name)
}

/** The change can't be made on the rows that are there. */
export const impossible = (
  reasons: readonly string[],
  remedies: readonly string[] = [],
): UserError =>
  new UserError(`The change can't be made:\n${bullets(reasons)}`, [
    ...remedies,
    'Give the new field a default or make it optional, or empty the table first.',
  ])

/** The change would lose data, and nobody said that it may. */
export const dataLoss = (
  command: string,
  warnings: readonly string[],
  remedies: readonly string[] = [],
): UserError =>
  new UserError(`The change would lose data:\n${bullets(warnings)}`, [
    ...remedies,
    `If it may: ssot db ${command} --accept-data-loss`,
  ])

const bullets = (lines: readonly string[]): string =>
  lines.map((line) => `  - ${line.replace(/^[\s•-]+/, '')}`).join('\n')
