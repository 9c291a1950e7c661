/** One SELECT of a statement: where it reads, and what it asks of each row there. */
interface Select {
  table: string | undefined
  /** Comparisons and joins for each row. */
  effort: number
  readonly inner: Select[]
}

/** Rows of a table, at least about. */
export type Size = (table: string) => number

const LIKE_EFFORT = 4
const JOIN_EFFORT = 2

const TOKEN =
  /[()]|\bSELECT\b|\bLIKE\b|\b(?:FROM|JOIN) `main`\.`([^`]*)`|\b(?:LIMIT|ORDER BY)\b|`[^`]*`/g

interface Parsed {
  readonly select: Select
  /** Every table that is read anywhere in it. */
  readonly tables: ReadonlySet<string>
}

/**
 * How many rows a statement may have to look at, at worst: SQLite asks a subquery anew for each row around it.
 * @param sql a SELECT as Prisma writes it
 */
export const weightOf = (sql: string, size: Size): number => weigh(parsed(sql).select, size)

/** The same where its own rows are found by a key, each by one parameter at most. */
export function weightByKey(sql: string, size: Size): number {
  const { select } = parsed(sql)
  return (weigh(select, size) / rowsOf(select, size)) * (sql.split('?').length - 1)
}

const rowsOf = ({ table }: Select, size: Size): number => (table === undefined ? 1 : size(table))

const weigh = (select: Select, size: Size): number =>
  rowsOf(select, size) *
  select.inner.reduce((sum, inner) => sum + weigh(inner, size), select.effort)

export const tablesOf = (sql: string): ReadonlySet<string> => parsed(sql).tables

/** Prisma writes the same statements again and again. */
const known = new Map<string, Parsed>()
const MAX_KNOWN = 1000

function parsed(sql: string): Parsed {
  const found = known.get(sql)
  if (found) return found
  if (known.size >= MAX_KNOWN) known.clear()
  const fresh = parse(sql)
  known.set(sql, fresh)
  return fresh
}

function parse(sql: string): Parsed {
  const tables = new Set<string>()
  const root: Select = { table: undefined, effort: 1, inner: [] }
  // What each open bracket stands in.
  const open: Select[] = []
  let current = root
  for (const [token, table] of sql.matchAll(TOKEN)) {
    if (token === '(') open.push(current)
    else if (token === ')') current = open.pop() ?? root
    else if (token === 'SELECT') {
      const select: Select = { table: undefined, effort: 1, inner: [] }
      current.inner.push(select)
      current = select
    } else if (token === 'LIKE') current.effort += LIKE_EFFORT
    else if (table !== undefined) {
      tables.add(table)
      if (token.startsWith('FROM')) current.table = table
      else current.effort += JOIN_EFFORT
    }
  }
  return { select: root.inner[0] ?? root, tables }
}

/**
 * What finds the rows that a statement writes, as a SELECT that counts them; undefined for what finds none.
 * @returns its text and how many parameters come before it
 */
export function searchOf(
  sql: string,
): { readonly sql: string; readonly skipped: number } | undefined {
  const [, table, changes = '', where] = WRITE.exec(sql) ?? []
  if (table === undefined || where === undefined) return undefined
  const skipped = changes.replaceAll(/`[^`]*`/g, '').split('?').length - 1
  return { sql: `SELECT COUNT(*) FROM ${table} WHERE ${where}`, skipped }
}

/** A column may be called anything, so names are passed over as a whole. */
const WRITE =
  /^(?:UPDATE|DELETE FROM) (`main`\.`[^`]*`)((?:`[^`]*`|[^`])*?) WHERE ((?:`[^`]*`|[^`])*?)(?: RETURNING .*)?$/s
