import { describe, expect, it } from 'vitest'
import { schemaOf } from '../../test/support/schema-of.js'
import { withComputedColumns } from './computed-columns.js'

const MODEL = `model Line {
  id    Int     @id
  price Decimal
  count Int
  total Decimal @default(dbgenerated("(price * (count)::numeric)"))
  made  DateTime @default(dbgenerated("(now() + '1 day'::interval)"))
}`

describe('columns that the database computes', () => {
  it('are those whose default names a column of the table', async () => {
    const { models } = await schemaOf(MODEL, 'postgresql')
    const computed = models[0]!.fields.flatMap((field) =>
      field.kind === 'relation' || field.computedBy === null
        ? []
        : [[field.name, field.computedBy]],
    )
    expect(computed).toEqual([['total', '(price * (count)::numeric)']])
  })

  it('are generated, in a new table and in one that is there', async () => {
    const schema = await schemaOf(MODEL, 'postgresql')
    const sql = `CREATE TABLE "Line" (
    "total" DECIMAL(65,30) NOT NULL DEFAULT (price * (count)::numeric),
    "made" TIMESTAMP(3) NOT NULL DEFAULT (now() + '1 day'::interval)
);
ALTER TABLE "Line" ADD COLUMN     "total" DECIMAL(65,30) NOT NULL DEFAULT (price * (count)::numeric);
`
    expect(withComputedColumns(sql, schema)).toBe(`CREATE TABLE "Line" (
    "total" DECIMAL(65,30) NOT NULL GENERATED ALWAYS AS ((price * (count)::numeric)) STORED,
    "made" TIMESTAMP(3) NOT NULL DEFAULT (now() + '1 day'::interval)
);
ALTER TABLE "Line" ADD COLUMN     "total" DECIMAL(65,30) NOT NULL GENERATED ALWAYS AS ((price * (count)::numeric)) STORED;
`)
  })
})
