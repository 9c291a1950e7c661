import { UserError } from '../errors.js'
import type { DatabaseApp } from './app.js'
import { driversFor } from './connect.js'
import { noFilters, withEngine } from './engine.js'
import { engineSchema, preamble } from './engine-schema.js'
import { pushMysql } from './mysql.js'
import type { PushResult } from './results.js'

/**
 * Makes the database what the schema says, without a migration.
 * @param acceptDataLoss drop columns and tables that hold data
 * @throws UserError when data would be lost and that was not accepted, or when it can't be done
 */
export async function push(app: DatabaseApp, acceptDataLoss: boolean): Promise<PushResult> {
  if (app.provider === 'mysql') return pushMysql(app)
  const schema = engineSchema(app)
  return withEngine(
    app.root,
    driversFor(app, 'db push'),
    schema.files,
    async (engine, database) => {
      const before = preamble(app, [])
      if (before !== '') await database.script(before)
      const input = { schema, filters: noFilters, force: acceptDataLoss }
      const { executedSteps, warnings, unexecutable } = await engine.schemaPush(input)
      if (unexecutable.length > 0) throw impossible(unexecutable)
      if (warnings.length > 0 && !acceptDataLoss) throw dataLoss('push', warnings)
      return { steps: executedSteps }
    },
  )
}

/** The change can't be made on the rows that are there. */
export const impossible = (reasons: readonly string[]): UserError =>
  new UserError(`The change can't be made:\n${bullets(reasons)}`, [
    'Give the new field a default or make it optional, or empty the table first.',
  ])

/** The change would lose data, and nobody said that it may. */
export const dataLoss = (command: string, warnings: readonly string[]): UserError =>
  new UserError(`The change would lose data:\n${bullets(warnings)}`, [
    `If it may: ssot db ${command} --accept-data-loss`,
  ])

const bullets = (lines: readonly string[]): string =>
  lines.map((line) => `  - ${line.replace(/^[\s•-]+/, '')}`).join('\n')
