/** What `information_schema` says of one database. */
export type Catalog = {
  readonly isMariadb: boolean
  readonly tables: readonly Table[]
}

export type Table = {
  readonly name: string
  readonly isView: boolean
  readonly comment: string
  readonly columns: readonly Column[]
  readonly indexes: readonly Index[]
  readonly keys: readonly Key[]
}

export type Column = {
  readonly name: string
  /** `int(10) unsigned` */
  readonly type: string
  /** As the server words it: MariaDB quotes texts, MySQL does not. */
  readonly default: string | null
  readonly isNullable: boolean
  /** `auto_increment`, `on update current_timestamp()`, `DEFAULT_GENERATED` */
  readonly extra: string
  readonly comment: string
  /** Of a generated column. */
  readonly expression: string
}

export type Index = {
  readonly name: string
  readonly isUnique: boolean
  /** `BTREE`, `FULLTEXT`, `SPATIAL` */
  readonly type: string
  /** `column` is null where the index is over an expression. */
  readonly parts: readonly {
    readonly column: string | null
    readonly length: number | null
    readonly isDescending: boolean
  }[]
}

/** A foreign key within the database. */
export type Key = {
  readonly name: string
  readonly columns: readonly string[]
  readonly table: string
  readonly references: readonly string[]
  readonly onDelete: string
  readonly onUpdate: string
}

type Row = Readonly<Record<string, unknown>>
export type Query = (sql: string) => Promise<readonly Row[]>

/** Reads the catalog of the database that the connection is in; the table of migrations is left out. */
export async function readCatalog(query: Query): Promise<Catalog> {
  const isMariadb = /mariadb/i.test(
    text((await query('SELECT VERSION() AS version'))[0], 'version'),
  )
  const tables = await query(TABLES)
  const columns = groupByTable(await query(COLUMNS))
  const indexes = groupByTable(await query(INDEXES))
  const keys = groupByTable(await query(KEYS))
  const json = isMariadb ? jsonColumns(await query(JSON_CHECKS)) : new Set<string>()
  return {
    isMariadb,
    tables: tables.map((row) => {
      const name = text(row, 'name')
      const isView = text(row, 'kind') !== 'BASE TABLE'
      return {
        name,
        isView,
        comment: isView ? '' : text(row, 'comment'),
        columns: (columns.get(name) ?? []).map((column) => columnOf(column, json)),
        indexes: groupBy(indexes.get(name) ?? [], 'name').map(indexOf),
        keys: groupBy(keys.get(name) ?? [], 'name').map(keyOf),
      }
    }),
  }
}

const OWN = "table_schema = DATABASE() AND table_name <> '_prisma_migrations'"

const TABLES = `SELECT table_name AS name, table_type AS kind, table_comment AS comment
  FROM information_schema.tables
  WHERE ${OWN} AND table_type IN ('BASE TABLE', 'VIEW') ORDER BY table_name`

const COLUMNS = `SELECT table_name AS tab, column_name AS name, column_type AS type, column_default AS preset,
    is_nullable AS nullable, extra AS extra, column_comment AS comment, generation_expression AS expression
  FROM information_schema.columns WHERE ${OWN} ORDER BY table_name, ordinal_position`

const INDEXES = `SELECT table_name AS tab, index_name AS name, non_unique AS repeats, index_type AS type,
    column_name AS col, sub_part AS length, collation AS direction
  FROM information_schema.statistics WHERE ${OWN} ORDER BY table_name, index_name, seq_in_index`

const KEYS = `SELECT k.table_name AS tab, k.constraint_name AS name, k.column_name AS col,
    k.referenced_table_name AS target, k.referenced_column_name AS reference,
    r.delete_rule AS deletes, r.update_rule AS updates
  FROM information_schema.key_column_usage k
  JOIN information_schema.referential_constraints r
    ON r.constraint_schema = k.constraint_schema AND r.constraint_name = k.constraint_name
    AND r.table_name = k.table_name
  WHERE k.table_schema = DATABASE() AND k.referenced_table_schema = DATABASE()
  ORDER BY k.table_name, k.constraint_name, k.ordinal_position`

/** MariaDB has no JSON type: it is a text with such a check. */
const JSON_CHECKS = `SELECT table_name AS tab, check_clause AS clause
  FROM information_schema.check_constraints WHERE constraint_schema = DATABASE()`

function jsonColumns(checks: readonly Row[]): Set<string> {
  return new Set(
    checks.flatMap((row) => {
      const column = /^\(?json_valid\(`(.+)`\)\)?$/i.exec(text(row, 'clause'))?.[1]
      return column === undefined ? [] : [`${text(row, 'tab')}.${column.replaceAll('``', '`')}`]
    }),
  )
}

function columnOf(row: Row, json: ReadonlySet<string>): Column {
  const name = text(row, 'name')
  const preset = row['preset']
  return {
    name,
    type: json.has(`${text(row, 'tab')}.${name}`) ? 'json' : text(row, 'type'),
    default: preset === null || preset === undefined ? null : String(preset),
    isNullable: text(row, 'nullable') === 'YES',
    extra: text(row, 'extra'),
    comment: text(row, 'comment'),
    expression: text(row, 'expression'),
  }
}

const indexOf = (rows: readonly Row[]): Index => ({
  name: text(rows[0], 'name'),
  isUnique: Number(rows[0]!['repeats']) === 0,
  type: text(rows[0], 'type'),
  parts: rows.map((row) => ({
    column: row['col'] === null ? null : text(row, 'col'),
    length: row['length'] === null ? null : Number(row['length']),
    isDescending: row['direction'] === 'D',
  })),
})

const keyOf = (rows: readonly Row[]): Key => ({
  name: text(rows[0], 'name'),
  columns: rows.map((row) => text(row, 'col')),
  table: text(rows[0], 'target'),
  references: rows.map((row) => text(row, 'reference')),
  onDelete: text(rows[0], 'deletes'),
  onUpdate: text(rows[0], 'updates'),
})

const text = (row: Row | undefined, name: string): string => {
  const value = row?.[name]
  return value === null || value === undefined ? '' : String(value)
}

const groupByTable = (rows: readonly Row[]): Map<string, Row[]> =>
  new Map(groupBy(rows, 'tab').map((group) => [text(group[0], 'tab'), group]))

function groupBy(rows: readonly Row[], key: string): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const name = text(row, key)
    groups.set(name, [...(groups.get(name) ?? []), row])
  }
  return [...groups.values()]
}
