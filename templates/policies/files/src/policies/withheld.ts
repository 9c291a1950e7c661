type Row = Readonly<Record<string, unknown>>

const withheld = new WeakMap<object, Row>()

/** Remembers columns of a row that its reader does not get. */
export function withhold(row: Row, names: readonly string[]): void {
  if (names.length === 0) return
  const columns = Object.fromEntries(names.map((name) => [name, row[name]]))
  withheld.set(row, { ...withheld.get(row), ...columns })
}

/**
 * A row with the columns that its reader does not get: for code of the app, which decides or computes by them. An
 * answer never holds it.
 */
export const wholeRow = <T extends object>(row: T): T => ({ ...row, ...withheld.get(row) })

/** A copy of a row, which withholds the same. */
export function copyOf<T extends Row>(row: T): T {
  const copy = { ...row }
  const columns = withheld.get(row)
  if (columns) withheld.set(copy, columns)
  return copy
}

/** Stands for a row of which its reader gets no column at all. */
export function unreadable(row: Row): Row {
  const empty = {}
  withheld.set(empty, row)
  return empty
}
