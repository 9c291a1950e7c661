import { expect, it } from 'vitest'
import { load } from '../../schema/schema.fixture.js'
import { claimsUsed } from './claims-used.js'

const claims = async (...rules: string[]): Promise<string[]> => {
  const { models } = await load(`${rules.map((rule) => `/// @@policy(${rule})`).join('\n')}
/// @@policy(read, rule: "user.level == 3", fields: [secret])
model Note {
  id      Int    @id
  ownerId Int
  orgId   Int
  secret  String
  public  Boolean
  parts   Part[]
}

model Part {
  id     Int    @id
  kind   String
  noteId Int
  note   Note   @relation(fields: [noteId], references: [id])
}
`)
  return claimsUsed(models)
}

it('names the claims of rows and of fields, once and sorted', async () => {
  const rules = [
    'read, rule: "orgId == user.org.id || !user.active"',
    'update, rule: "user.org.id in [1]"',
  ]
  expect(await claims(...rules)).toEqual(['active', 'level', 'org'])
})

it('finds them in rules on other rows and in lists', async () => {
  const rule = 'some(parts, kind == user.kind) && every(parts, kind in [user.first, user.second])'
  expect(await claims(`read, rule: "${rule}"`)).toEqual(['first', 'kind', 'level', 'second'])
})

it('knows by which a role is told', async () => {
  expect(await claims(`read, rule: "hasRole('admin')"`)).toEqual(['level', 'role', 'roles'])
})

it('leaves out the id, which every user has', async () => {
  expect(await claims('*, rule: "ownerId == user.id"')).toEqual(['level'])
  expect(await claims('*, rule: "isOwner", owner: "ownerId"')).toEqual(['level'])
})
