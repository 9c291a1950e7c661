import { describe, expect, it } from 'vitest'
import { searchOf, tablesOf, weightByKey, weightOf } from './files/src/db/sqlite/weight.js'

const ROWS: Readonly<Record<string, number>> = { Post: 100, User: 10, 'odd (SELECT': 7 }
const size = (table: string): number => ROWS[table] ?? 1

const post = '`main`.`Post`'
const user = '`main`.`User`'

describe('the weight of a statement', () => {
  it.each([
    ['a table', `SELECT ${post}.\`id\` FROM ${post} WHERE 1=1 LIMIT ? OFFSET ?`, 100],
    [
      'a part of a text',
      `SELECT 1 FROM ${post} WHERE ${post}.\`a\` LIKE (? || '%') ESCAPE '\\'`,
      500,
    ],
    ['a relation to one row', `SELECT 1 FROM ${post} LEFT JOIN ${user} AS \`j0\` ON 1=1`, 300],
    ['a count', `SELECT COUNT(*) FROM (SELECT 1 FROM ${post} WHERE 1=1) AS \`sub\``, 101],
    [
      'what is asked of each row',
      `SELECT 1 FROM ${post} WHERE (EXISTS(SELECT 1 FROM ${user} WHERE 1=1) AND EXISTS(SELECT 1 FROM ${user}))`,
      100 * (1 + 10 + 10),
    ],
    [
      'what is asked of those again',
      `SELECT 1 FROM ${user} WHERE EXISTS(SELECT 1 FROM ${post} WHERE EXISTS(SELECT 1 FROM ${user}))`,
      10 * (1 + 100 * (1 + 10)),
    ],
    ['names that read like SQL', 'SELECT `(SELECT` FROM `main`.`odd (SELECT` WHERE `a)` = ?', 7],
    ['no table', 'SELECT 1', 1],
  ])('%s', (_, sql, weight) => {
    expect(weightOf(sql, size)).toBe(weight)
  })

  it('is less where the rows are found by keys', () => {
    const sql = `SELECT 1 FROM ${post} WHERE ${post}.\`id\` IN (?,?,?)`
    expect(weightByKey(sql, size)).toBe(3)
  })

  it('knows every table', () => {
    const sql = `SELECT 1 FROM ${post} JOIN ${user} AS \`j\` WHERE EXISTS(SELECT 1 FROM \`main\`.\`odd (SELECT\`)`
    expect([...tablesOf(sql)]).toEqual(['Post', 'User', 'odd (SELECT'])
  })
})

describe('the search of a write', () => {
  it.each([
    [`UPDATE ${post} SET \`a\` = ?, \`b?\` = ? WHERE (\`c\` = ?)`, 2, '(`c` = ?)'],
    [`UPDATE ${post} SET \`a WHERE \` = ? WHERE \`c\` = ? RETURNING \`id\``, 1, '`c` = ?'],
    [`DELETE FROM ${post} WHERE (1=1)`, 0, '(1=1)'],
  ])('%s', (sql, skipped, where) => {
    expect(searchOf(sql)).toEqual({ skipped, sql: `SELECT COUNT(*) FROM ${post} WHERE ${where}` })
  })

  it.each([`INSERT INTO ${post} (\`a\`) VALUES (?)`, 'COMMIT', `UPDATE ${post} SET \`a\` = ?`])(
    'there is none: %s',
    (sql) => {
      expect(searchOf(sql)).toBeUndefined()
    },
  )
})
