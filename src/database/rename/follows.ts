/** Statements that only follow new names: other names of constraints and indexes, and these made anew. */
const FOLLOWING = [
  /^ALTER INDEX .* RENAME TO /,
  /^ALTER TABLE \S+ RENAME CONSTRAINT /,
  /^DROP INDEX /,
  /^CREATE (UNIQUE )?INDEX /,
]

/**
 * True where a script loses nothing, as it only follows what has been renamed before it. Pure.
 * @param sql of the schema engine
 */
export function onlyFollows(sql: string): boolean {
  const statements = sql
    .replaceAll(/^--.*$|^\/\*[^]*?^\*\/$/gm, '')
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '')
  const count = (pattern: RegExp): number =>
    statements.filter((statement) => pattern.test(statement)).length
  return (
    statements.every((statement) => FOLLOWING.some((pattern) => pattern.test(statement))) &&
    // More of them than went: a row may stand in the way.
    count(/^CREATE UNIQUE/) <= count(/^DROP INDEX/)
  )
}
