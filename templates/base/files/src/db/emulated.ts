/**
 * With `relationMode = "prisma"` the client itself empties the foreign keys that point to a row it deletes. Where such
 * a column is part of a second relation's key too, it asks a table for a column of another one, and every delete
 * fails. Of that column it needs nothing: null stands in for it.
 */
export function ownColumns(sql: string): string {
  const [, columns = '', table] = PLAIN_SELECT.exec(sql) ?? []
  if (table === undefined) return sql
  const own = columns.replaceAll(COLUMN, (column, owner: string, name: string) =>
    owner === table ? column : `NULL AS ${name}`,
  )
  return sql.replace(columns, () => own)
}

/** A name as any database quotes it, and the name that may stand before it. */
const NAME = '(?:`[^`]+`|"[^"]+"|\\[[^\\]]+\\])'
const TABLE = `(?:${NAME}\\.)?${NAME}`
/** One table under its own name, and plain columns. */
const PLAIN_SELECT = new RegExp(
  `^SELECT (${TABLE}\\.${NAME}(?:, ${TABLE}\\.${NAME})*) FROM (${TABLE}) WHERE `,
)
const COLUMN = new RegExp(`(${TABLE})\\.(${NAME})`, 'g')
