import { describe, expect, it } from 'vitest'
import { schemaOf } from '../../test/support/schema-of.js'
import { createdBy, placeholderViews } from './views.js'

const never = (): boolean => false
const MODEL = `model A {
  id Int @id
}
`
const VIEW = `${MODEL}view Total {
  day   String   @unique @map("the day") @db.Uuid
  sum   Decimal  @db.Decimal(5, 2)
  kind  Kind?
  names String[]

  @@map("totals")
}
enum Kind {
  X

  @@map("kinds")
}`

describe('the placeholder of a view', () => {
  it('has the columns with their types, and no row', async () => {
    const { names, sql } = placeholderViews(await schemaOf(VIEW, 'postgresql'), never)
    expect(names).toEqual(['Total'])
    expect(sql).toBe(`-- CreateView
-- A schema does not say what a view selects. This one is empty: let a migration of yours CREATE OR REPLACE it.
CREATE VIEW "totals" AS
SELECT
    CAST(NULL AS UUID) AS "the day",
    CAST(NULL AS DECIMAL(5, 2)) AS "sum",
    CAST(NULL AS "kinds") AS "kind",
    CAST(NULL AS TEXT[]) AS "names"
WHERE 1 = 0;
`)
  })

  it('needs no types where a null has none, and names are quoted as the database does', async () => {
    const views = `${MODEL}view V {\n  id Int @unique\n}`
    const mysql = placeholderViews(await schemaOf(views, 'mysql'), never).sql
    expect(mysql).toContain('CREATE VIEW `V` AS\nSELECT\n    NULL AS `id`\nWHERE 1 = 0;')
    const sqlite = placeholderViews(await schemaOf(views, 'sqlite'), never).sql
    expect(sqlite).toContain('CREATE VIEW "V" AS\nSELECT\n    NULL AS "id"\nWHERE 1 = 0;')
  })

  it('is made only for a view that is not there', async () => {
    const schema = await schemaOf(VIEW, 'postgresql')
    expect(placeholderViews(schema, (name) => name === 'totals')).toEqual({ names: [], sql: '' })
  })
})

describe('createdBy', () => {
  it.each([
    'CREATE VIEW totals AS SELECT 1',
    'create or replace view "report"."totals" as select 1',
    'SELECT 1;\nCREATE MATERIALIZED VIEW IF NOT EXISTS report.totals AS SELECT 1',
    'CREATE ALGORITHM=MERGE VIEW `totals` (a) AS SELECT 1',
    'CREATE VIEW totals(a) AS SELECT 1',
  ])('finds it in %s', (sql) => {
    expect(createdBy([sql])('totals')).toBe(true)
  })

  it.each([
    'CREATE VIEW totals_by_day AS SELECT 1',
    'CREATE TABLE totals (a INT)',
    'CREATE VIEW x AS SELECT * FROM totals ',
    'DROP VIEW totals;',
  ])('does not take it for granted by %s', (sql) => {
    expect(createdBy([sql])('totals')).toBe(false)
  })
})
