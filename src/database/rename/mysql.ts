import type { DatabaseApp } from '../app.js'
import { readMysqlDatamodel } from '../mysql-datamodel.js'
import { foreignKeysIn, indexesIn, type NamedKey } from '../mysql-ddl.js'
import { quoteName } from '../mysql-columns.js'
import type { MysqlServer } from '../mysql-server.js'
import type { Migration } from '../migrations.js'
import { stepsOf, type KnownNames } from './known.js'
import { heldColumn, heldTable, pendingSteps } from './pending.js'
import { renameSql } from './sql.js'
import type { RenameStep } from './steps.js'

/** What a database has under a name, and the columns that it is of. */
type Found = { readonly table: string; readonly name: string; readonly columns: readonly string[] }

const COLUMNS = `SELECT table_name AS t, column_name AS c
  FROM information_schema.columns WHERE table_schema = DATABASE()`

const FOREIGN_KEYS = `SELECT table_name AS t, constraint_name AS n, column_name AS c
  FROM information_schema.key_column_usage
  WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL
  ORDER BY table_name, constraint_name, ordinal_position`

const INDEXES = `SELECT table_name AS t, index_name AS n, column_name AS c
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND index_name <> 'PRIMARY'
  ORDER BY table_name, index_name, seq_in_index`

/**
 * The script that gives what a MySQL database holds its new names, with its foreign keys and indexes.
 * @returns what it renames, too; null where nothing has a new name
 */
export async function renameInMysql(
  app: DatabaseApp,
  server: Pick<MysqlServer, 'query'>,
  names: KnownNames,
  migrations: readonly Migration[],
): Promise<{ readonly sql: string; readonly steps: readonly RenameStep[] } | null> {
  const all = stepsOf(names)
  if (all.length === 0) return null
  const held = new Set<string>()
  for (const { t, c } of await server.query(COLUMNS))
    held.add(heldTable('', String(t))).add(heldColumn('', String(t), String(c)))
  const steps = pendingSteps(all, held, '', migrations)
  if (steps.length === 0) return null
  const datamodel = readMysqlDatamodel(app.root, app.files)
  const keys = moved(found(await server.query(FOREIGN_KEYS)), steps, foreignKeysIn(datamodel))
  const wanted = indexesIn(datamodel)
  const indexes = moved(found(await server.query(INDEXES)), steps, wanted)
  const sql = [
    ...keys.filter(isAnew).map(({ was }) => dropKey(was)),
    renameSql(steps, 'mysql'),
    ...indexes.flatMap((index) => renameIndex(index, keys)),
    ...steps
      .filter(({ turned }) => turned !== undefined)
      .map(({ to }) => indexAnew(to, indexes, wanted)),
    ...keys.filter(isAnew).map(({ now }) => now!.sql),
  ]
  return { sql: sql.join('\n'), steps }
}

function found(rows: readonly Readonly<Record<string, unknown>>[]): Found[] {
  const groups = new Map<string, { table: string; name: string; columns: string[] }>()
  for (const { t, n, c } of rows) {
    const key = JSON.stringify([t, n])
    const group = groups.get(key) ?? { table: String(t), name: String(n), columns: [] }
    group.columns.push(String(c))
    groups.set(key, group)
  }
  return [...groups.values()]
}

type Moved = {
  readonly was: Found
  /** Its table after the renames. */
  readonly table: string
  /** What the schema wants there. */
  readonly now: NamedKey | undefined
}

function moved(
  list: readonly Found[],
  steps: readonly RenameStep[],
  wanted: readonly NamedKey[],
): Moved[] {
  return list.map((was) => {
    const { table, columns } = afterSteps(was, steps)
    const now = wanted.find(
      (key) => key.table === table && key.columns.join('\0') === columns.join('\0'),
    )
    return { was, table, now }
  })
}

function afterSteps(was: Found, steps: readonly RenameStep[]): Found {
  return steps.reduce((now, { kind, table, from, to, turned }) => {
    const columns = (rename: (column: string) => string): Found => ({
      ...now,
      columns: now.columns.map(rename),
    })
    if (kind === 'column')
      return now.table === table ? columns((name) => (name === from ? to : name)) : now
    if (now.table !== from) return now
    const turn = (name: string): string => (name === 'A' ? 'B' : name === 'B' ? 'A' : name)
    return { ...(turned === undefined ? now : columns(turn)), table: to }
  }, was)
}

/** A foreign key can't be renamed. */
const isAnew = ({ was, now }: Moved): boolean => now !== undefined && now.name !== was.name

const dropKey = ({ table, name }: Found): string =>
  `-- DropForeignKey\nALTER TABLE ${quoteName(table)} DROP FOREIGN KEY ${quoteName(name)};\n`

/** The index that a foreign key has made for itself bears its name. */
function renameIndex({ was, table, now }: Moved, keys: readonly Moved[]): string[] {
  const own = keys.find((key) => key.was.table === was.table && key.was.name === was.name)
  const name = now?.name ?? own?.now?.name
  if (name === undefined || name === was.name) return []
  return [
    `-- RenameIndex\nALTER TABLE ${quoteName(table)} RENAME INDEX ${quoteName(was.name)} TO ${quoteName(name)};\n`,
  ]
}

/** Columns that change places take their indexes with them. */
function indexAnew(table: string, indexes: readonly Moved[], wanted: readonly NamedKey[]): string {
  const old = indexes.filter((index) => index.table === table)
  return [
    '-- RedefineIndex',
    ...old.map(({ was }) => `ALTER TABLE ${quoteName(table)} DROP INDEX ${quoteName(was.name)};`),
    ...wanted.filter((index) => index.table === table).map(({ sql }) => sql),
  ].join('\n')
}
