import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseApp } from './app.js'
import type { Driver, Drivers } from './driver.js'
import type { Migration } from './migrations.js'

/** The script of row-level security that belongs to a schema. */
export type RowSecurity = { readonly sql: string; readonly mark: string }

const MARK = /^-- row security ([0-9a-f]{16}|off|paused)$/gm

const markLine = (mark: string): string => `-- row security ${mark}\n`

/** Reads `prisma/rls.sql`; null where there is none, and for any other database than PostgreSQL. */
export function readRowSecurity({
  root,
  provider,
}: Pick<DatabaseApp, 'root' | 'provider'>): RowSecurity | null {
  const path = join(root, 'prisma', 'rls.sql')
  if (provider !== 'postgresql' || !existsSync(path)) return null
  const sql = readFileSync(path, 'utf8')
  return { sql, mark: createHash('sha256').update(sql).digest('hex').slice(0, 16) }
}

/** Columns that a policy or a function reads can't be changed: these go first. The owner's policies stay. */
export const PAUSE = `${markLine('paused')}DO $ssot$
DECLARE policy record;
BEGIN
  FOR policy IN SELECT schemaname, tablename, policyname FROM pg_policies
    WHERE policyname LIKE 'ssot\\_%' AND policyname <> 'ssot_owner'
  LOOP
    EXECUTE format('DROP POLICY %I ON %I.%I', policy.policyname, policy.schemaname, policy.tablename);
  END LOOP;
END $ssot$;
DROP SCHEMA IF EXISTS ssot_rls CASCADE;
`

/** Takes everything away but the roles: other databases of the server may have given them rights. */
export const OFF = `${markLine('off')}DO $ssot$
DECLARE item record;
BEGIN
  FOR item IN SELECT DISTINCT schemaname, tablename FROM pg_policies WHERE policyname = 'ssot_owner'
  LOOP
    EXECUTE format('ALTER TABLE %I.%I NO FORCE ROW LEVEL SECURITY', item.schemaname, item.tablename);
    EXECUTE format('ALTER TABLE %I.%I DISABLE ROW LEVEL SECURITY', item.schemaname, item.tablename);
  END LOOP;
  FOR item IN SELECT schemaname, tablename, policyname FROM pg_policies WHERE policyname LIKE 'ssot\\_%'
  LOOP
    EXECUTE format('DROP POLICY %I ON %I.%I', item.policyname, item.schemaname, item.tablename);
  END LOOP;
END $ssot$;
DROP SCHEMA IF EXISTS ssot_rls CASCADE;
DO $ssot$
DECLARE item record;
BEGIN
  FOR item IN SELECT rolname FROM pg_roles WHERE rolname IN
    (left(current_database(), 50) || '_reader', left(current_database(), 50) || '_writer')
  LOOP
    EXECUTE format('DROP OWNED BY %I', item.rolname);
  END LOOP;
END $ssot$;
`

/** The mark of the rules that migrations leave in force; null where none had any. */
function newestMark(migrations: readonly Migration[]): string | null {
  const marks = migrations.flatMap(({ sql }) => [...sql.matchAll(MARK)].map(([, mark]) => mark!))
  return marks.at(-1) ?? null
}

/** What comes before a change of the schema; empty where no rules are in force. */
export function pauseAfter(migrations: readonly Migration[]): string {
  const mark = newestMark(migrations)
  return mark === null || mark === 'off' ? '' : PAUSE
}

/**
 * What a migration has to say of the rules.
 * @param changed whether the schema changes too
 * @returns the SQL that comes after the change, and the words for a migration of it alone; null for nothing
 */
export function rulesAfter(
  app: DatabaseApp,
  earlier: readonly Migration[],
  changed: boolean,
): { readonly sql: string; readonly words: string } | null {
  const rules = readRowSecurity(app)
  const mark = newestMark(earlier)
  if (rules === null)
    return mark === null || mark === 'off' ? null : { sql: OFF, words: 'row_security_off' }
  if (!changed && mark === rules.mark) return null
  return { sql: `${markLine(rules.mark)}${rules.sql.trimEnd()}\n`, words: 'row_security' }
}

/** The part of a migration that changes the schema: without what comes before and after it for the rules. */
export function schemaPart(sql: string): string {
  const rest = sql.startsWith(PAUSE) ? sql.slice(PAUSE.length).replace(/^\n/, '') : sql
  const at = rest.search(new RegExp(MARK.source, 'm'))
  return at < 0 ? rest : rest.slice(0, at).replace(/\n\n$/, '\n')
}

/** Whether a database has rules in force, or paused ones. */
export async function hasRowSecurity({ dialect }: Drivers, database: Driver): Promise<boolean> {
  if (dialect === 'sqlite') return false
  const { rows } = await database.query(
    `SELECT 1 FROM pg_namespace WHERE nspname = 'ssot_rls'
     UNION ALL SELECT 1 FROM pg_policies WHERE policyname = 'ssot_owner'`,
    [],
  )
  return rows.length > 0
}
