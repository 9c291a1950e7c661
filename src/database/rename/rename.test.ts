import { describe, expect, it } from 'vitest'
import { outlineOf, type Outline } from '../../schema/rename/outline.js'
import { load } from '../../schema/schema.fixture.js'
import { onlyFollows } from './follows.js'
import { heldColumn, heldTable, heldType, pendingSteps } from './pending.js'
import { renameSql } from './sql.js'
import { renameSteps, type RenameStep } from './steps.js'
import { turnedNote } from './turned.js'

const outline = async (body: string): Promise<Outline> => outlineOf(await load(body, 'postgresql'))

const table = (from: string, to: string, more: Partial<RenameStep> = {}): RenameStep => ({
  ...{ kind: 'table', schema: null, from, to },
  ...more,
})
const column = (of: string, from: string, to: string): RenameStep => ({
  ...{ kind: 'column', schema: null, table: of, from, to },
})

const blog = (post: string, body: string, map = ''): string =>
  `model ${post} {\n  id Int @id\n  ${body}\n  tags Tag[]\n${map}}\nmodel Tag {\n  id Int @id\n  posts ${post}[]\n}`

describe('what new names mean for the database', () => {
  it.each([
    [
      'a table, its columns and its join tables',
      blog('Article', 'text String'),
      ['Post=Article', 'Article.body=Article.text'],
      [
        table('Post', 'Article'),
        column('Article', 'body', 'text'),
        table('_PostToTag', '_ArticleToTag'),
      ],
    ],
    [
      'columns of a join table that change places',
      blog('Zine', 'body String'),
      ['Post=Zine'],
      [
        table('Post', 'Zine'),
        table('_PostToTag', '_TagToZine', { turned: 'A is of Tag.posts, B is of Zine.tags' }),
      ],
    ],
    [
      'the join table alone where the table keeps its name',
      blog('Article', 'body String', '@@map("Post")\n'),
      ['Post=Article'],
      [table('_PostToTag', '_ArticleToTag')],
    ],
    [
      'nothing where a column keeps its name',
      blog('Post', 'text String @map("body")'),
      ['Post.body=Post.text'],
      [],
    ],
    ['nothing where a model went', 'model Tag {\n  id Int @id\n}', [], []],
  ])('is %s', async (_, now, pairs, expected) => {
    const renames = pairs.map((pair) => {
      const [from, to] = pair.split('=')
      return { from: from!, to: to! }
    })
    const before = await outline(blog('Post', 'body String'))
    expect(renameSteps(before, await outline(now), renames)).toEqual(expected)
  })
})

describe('steps that a database still needs', () => {
  const held = new Set([
    heldTable('public', 'Post'),
    heldColumn('public', 'Post', 'body'),
    heldTable('public', '_liking'),
    heldType('other', 'Role'),
  ])
  const left = (steps: readonly RenameStep[], sql = ''): RenameStep[] =>
    pendingSteps(steps, held, 'public', [{ name: '1', sql }])

  it('follow from those before them', () => {
    const steps = [table('Post', 'Article'), column('Article', 'body', 'text')]
    expect(left(steps)).toEqual(steps)
  })

  it('are none for what it calls so already, or does not hold', () => {
    expect(
      left([table('Article', 'Post'), table('Gone', 'New'), column('Post', 'x', 'y')]),
    ).toEqual([])
  })

  it('find the schema of an enum', () => {
    const step: RenameStep = { kind: 'type', schema: null, from: 'Role', to: 'Rank' }
    expect(left([step])).toEqual([{ ...step, schema: 'other' }])
  })

  it('let columns change places once', () => {
    const step = table('_liking', '_liking', { turned: 'A is of B.c' })
    expect(left([step])).toEqual([step])
    expect(left([step], `${turnedNote(step)}\nALTER TABLE x;`)).toEqual([])
    expect(left([step], `${turnedNote(step)}\n${turnedNote({ ...step, turned: 'back' })}`)).toEqual(
      [step],
    )
  })
})

describe('the SQL of steps', () => {
  it('quotes names and keeps to their schema', () => {
    const steps: RenameStep[] = [
      table('a"b', 'c', { schema: 's' }),
      { ...column('c', 'd', 'e'), schema: 's' },
      { kind: 'type', schema: null, from: 'R', to: 'S' },
    ]
    expect(renameSql(steps, 'postgres')).toBe(`-- RenameTable
ALTER TABLE "s"."a""b" RENAME TO "c";

-- RenameColumn
ALTER TABLE "s"."c" RENAME COLUMN "d" TO "e";

-- RenameEnum
ALTER TYPE "R" RENAME TO "S";
`)
    expect(renameSql([table('a`b', 'c')], 'mysql')).toBe(
      '-- RenameTable\nALTER TABLE `a``b` RENAME TO `c`;\n',
    )
  })

  it('takes two steps where only the case of a name changes and the database does not see that', () => {
    expect(renameSql([table('Tag', 'TAG')], 'sqlite')).toBe(`-- RenameTable
ALTER TABLE "Tag" RENAME TO "TAG_";

-- RenameTable
ALTER TABLE "TAG_" RENAME TO "TAG";
`)
  })

  it('makes keys anew where columns change places', () => {
    const step = table('_AToB', '_BToZ', { turned: 'A is of B.z, B is of Z.b' })
    expect(renameSql([step], 'postgres')).toBe(`-- RenameTable
ALTER TABLE "_AToB" RENAME TO "_BToZ";

-- ExchangeColumns of _BToZ: A is of B.z, B is of Z.b
ALTER TABLE "_BToZ" RENAME COLUMN "A" TO "_";
ALTER TABLE "_BToZ" RENAME COLUMN "B" TO "A";
ALTER TABLE "_BToZ" RENAME COLUMN "_" TO "B";
ALTER TABLE "_BToZ" DROP CONSTRAINT "_AToB_AB_pkey",
ADD CONSTRAINT "_BToZ_AB_pkey" PRIMARY KEY ("A", "B");
DROP INDEX "_AToB_B_index";
CREATE INDEX "_BToZ_B_index" ON "_BToZ"("B");
`)
  })
})

describe('a script that only follows new names', () => {
  it.each([
    ['-- RenameIndex\nALTER INDEX "a" RENAME TO "b";\n', true],
    ['ALTER TABLE "s"."A" RENAME CONSTRAINT "a" TO "b";', true],
    [
      '/*\n  Warnings:\n  - x; y\n*/\n-- DropIndex\nDROP INDEX "a";\nCREATE UNIQUE INDEX "b" ON "A"("c");',
      true,
    ],
    ['CREATE UNIQUE INDEX "b" ON "A"("c");', false],
    ['ALTER INDEX "a" RENAME TO "b";\nALTER TABLE "A" DROP COLUMN "c";', false],
    ['DROP TABLE "A";', false],
  ])('%j: %s', (sql, expected) => {
    expect(onlyFollows(sql)).toBe(expected)
  })
})
