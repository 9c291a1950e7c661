import { describe, expect, it } from 'vitest'
import { ownerLine } from '../schema/owner-line.js'
import { pluginHeader } from '../schema/plugin-file.js'
import { deleteOrphans, orphansBefore, withoutOwners, withOwners } from './owned-tables.js'

const user = {
  path: 'user.prisma',
  content: 'model User {\n  id Int @id @map("key")\n\n  @@map("users")\n  @@schema("auth")\n}\n',
}
const line = `  ${ownerLine('User', 'id')}`
const table = {
  path: 'keys.prisma',
  content: `${pluginHeader('keys')}\n\nmodel Key {\n  id Int @id\n${line}\n  userId Int\n}\n`,
}
const files = [user, table]
const relation =
  'User @relation("Key_ssotOwner", fields: [userId], references: [id], onDelete: Cascade, onUpdate: Cascade)'

describe('tables of plugins that belong to rows of others', () => {
  it('get a relation that the database alone sees', () => {
    const [one, two] = withOwners(files)
    expect(one!.content).toContain('model User {\n  ssotKey Key[] @relation("Key_ssotOwner")\n')
    expect(two!.content).toContain(`model Key {\n  ssotOwner ${relation}\n`)
  })

  it('have none where the file is the user’s', () => {
    const own = [user, { ...table, content: table.content.replace('// Tables', '// My tables') }]
    expect(withOwners(own)).toEqual(own)
  })

  it('are compared without it', () => {
    expect(withoutOwners(withOwners(files), files)).toEqual(files)
  })

  it('lose what has no owner before the foreign key is made', () => {
    const sql =
      'DELETE FROM "Key" WHERE NOT EXISTS (SELECT 1 FROM "auth"."users" AS "owner" WHERE "owner"."key" = "Key"."userId");\n'
    const key = 'ALTER TABLE "Key" ADD CONSTRAINT "Key_userId_fkey" FOREIGN KEY ("userId")'
    expect(orphansBefore(files, key)).toBe(sql)
    expect(orphansBefore(files, `CREATE TABLE "Key" (\n${key}`)).toBe('')
    expect(orphansBefore(files, `CREATE TABLE "auth"."users" (\n);\n${key}`)).toBe('')
    expect(orphansBefore(files, 'ALTER TABLE "Key" ADD COLUMN "a"')).toBe('')
    expect(deleteOrphans(files, () => true)).toBe(sql)
    expect(deleteOrphans(files, (name) => name === 'Key')).toBe('')
  })
})
