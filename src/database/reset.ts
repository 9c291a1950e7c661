import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import type { DatabaseApp } from './app.js'
import { driversFor } from './connect.js'
import type { Driver, Drivers } from './driver.js'
import { readMigrations } from './migrations.js'
import { createDatabase } from './mysql-ddl.js'
import { quoteName } from './mysql-columns.js'
import { withMysql } from './mysql-server.js'
import { push } from './push.js'
import { runScript, UNLIMITED } from './run-script.js'

type Report = (line: string) => void

/**
 * Empties the database, makes it anew by the migrations (where there are none, by the schema), and fills it with the
 * seed. The app's client must be there.
 * @throws UserError when a part of it fails; what went before is done then
 */
export async function reset(app: DatabaseApp, report: Report): Promise<void> {
  const dropped = app.provider === 'mysql' ? await emptyMysql(app) : await emptyDatabase(app)
  report(`Dropped ${dropped} ${dropped === 1 ? 'table' : 'tables'} with all that depends on them.`)
  if (readMigrations(app.root).length === 0) {
    await push(app, true)
    report('Made the tables of the schema: there are no migrations.')
  } else await runScript(app.root, [join('src', 'db', 'migrate.ts')], report, url(app))
  const seed = join('prisma', 'seed.ts')
  if (existsSync(join(app.root, seed)))
    await runScript(app.root, [seed], report, { ...url(app), ...UNLIMITED })
}

const url = (app: DatabaseApp) => ({ DATABASE_URL: app.url })

/**
 * @throws UserError in production: what is lost there is lost for good
 */
export function refuseInProduction(app: DatabaseApp): void {
  if (process.env['NODE_ENV'] !== 'production') return
  throw new UserError(
    `NODE_ENV is production: 'ssot db reset' would delete all data of ${app.root}.`,
    ['If that is what you want: ssot db reset --force'],
  )
}

/** @returns the number of tables that were dropped */
async function emptyMysql(app: DatabaseApp): Promise<number> {
  return withMysql(
    app.root,
    app.url,
    async ({ query, script }) => {
      const rows = await query(
        `SELECT table_name AS name, table_type AS kind FROM information_schema.tables WHERE table_schema = DATABASE()`,
      )
      const drops = rows.map(({ name, kind }) =>
        kind === 'VIEW'
          ? `DROP VIEW ${quoteName(String(name))}`
          : `DROP TABLE ${quoteName(String(name))}`,
      )
      if (drops.length > 0)
        await script(`SET FOREIGN_KEY_CHECKS = 0; ${drops.join('; ')}; SET FOREIGN_KEY_CHECKS = 1`)
      return rows.filter(({ kind }) => kind !== 'VIEW').length
    },
    { before: createDatabase },
  )
}

async function emptyDatabase(app: DatabaseApp): Promise<number> {
  const drivers = driversFor(app, 'migrate reset')
  const database = await drivers.main()
  try {
    const statements =
      drivers.dialect === 'sqlite'
        ? await sqliteDrops(database)
        : await postgresDrops(database, schemasOf(app, drivers))
    await database.script(statements.join(';\n'))
    return statements.filter((statement) => statement.startsWith('DROP TABLE')).length
  } finally {
    await database.close()
  }
}

/** Foreign keys are checked at no moment: tables go in any order. */
async function sqliteDrops(database: Driver): Promise<string[]> {
  const { rows } = await database.query(
    `SELECT type, name FROM sqlite_master WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
     ORDER BY type DESC`,
    [],
  )
  const drops = rows.map(
    ([type, name]) => `DROP ${String(type).toUpperCase()} "${String(name).replaceAll('"', '""')}"`,
  )
  return ['PRAGMA foreign_keys = OFF', ...drops, 'PRAGMA foreign_keys = ON']
}

/** Those that the schema names, else the one that the address is of. */
function schemasOf({ files }: DatabaseApp, { schemaName = 'public' }: Drivers): string[] {
  const text = files.map(({ content }) => content).join('\n')
  const list = /^\s*schemas\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? ''
  const names = [...list.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name)
  return names.length > 0 ? names : [schemaName]
}

/** Each thing by its name: dropping a whole schema needs rights that apps often lack, and takes extensions along. */
async function postgresDrops(database: Driver, schemas: readonly string[]): Promise<string[]> {
  const list = schemas.map((schema) => `'${schema.replaceAll("'", "''")}'`).join(', ')
  const { rows } = await database.query(DROPS.replaceAll('$SCHEMAS', list), [])
  const drops = rows.map(([statement]) => String(statement))
  return ['DROP SCHEMA IF EXISTS ssot_rls CASCADE', ...drops]
}

const isOwn = (oid: string): string =>
  `NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = ${oid} AND d.deptype IN ('e', 'i', 'a'))`

const DROPS = `
  SELECT format('DROP %s IF EXISTS %s CASCADE', kind, name) FROM (
    SELECT CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind,
      format('%I.%I', n.nspname, c.relname) AS name, CASE c.relkind WHEN 'S' THEN 2 ELSE 1 END AS step
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ($SCHEMAS) AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${isOwn('c.oid')}
    UNION ALL
    SELECT CASE t.typtype WHEN 'd' THEN 'DOMAIN' ELSE 'TYPE' END, format('%I.%I', n.nspname, t.typname), 3
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname IN ($SCHEMAS) AND t.typtype IN ('e', 'd') AND ${isOwn('t.oid')}
    UNION ALL
    SELECT CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END,
      format('%I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), 4
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ($SCHEMAS) AND p.prokind IN ('f', 'p') AND ${isOwn('p.oid')}
  ) AS things ORDER BY step`
