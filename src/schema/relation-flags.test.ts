import { expect, it } from 'vitest'
import type { Model } from './model.js'
import { load, refusal } from './schema.fixture.js'

/** `Post.author: hidden` for every field that is kept from something. */
const flagsOf = (models: readonly Model[]): string[] =>
  models.flatMap((model) =>
    model.fields.flatMap(({ name, annotations }) =>
      (['hidden', 'readonly', 'writeonly'] as const)
        .filter((flag) => annotations[flag])
        .map((flag) => `${model.name}.${name}: ${flag}`),
    ),
  )

const flags = async (above: {
  key?: string
  relation?: string
  list?: string
}): Promise<string[]> => {
  const { models } = await load(`model Post {
  id       Int  @id
  ${above.key ? `/// ${above.key}` : ''}
  authorId Int
  ${above.relation ? `/// ${above.relation}` : ''}
  author   User @relation(fields: [authorId], references: [id])
}

model User {
  id    Int    @id
  ${above.list ? `/// ${above.list}` : ''}
  posts Post[]
}
`)
  return flagsOf(models)
}

it('hides a relation with its foreign key, from both ends', async () => {
  const all = ['Post.authorId: hidden', 'Post.author: hidden', 'User.posts: hidden']
  expect(await flags({ key: '@hidden' })).toEqual(all)
  expect(await flags({ relation: '@hidden' })).toEqual(all)
})

it('keeps a relation from being read with its foreign key, from both ends', async () => {
  const all = ['Post.authorId: writeonly', 'Post.author: writeonly', 'User.posts: writeonly']
  expect(await flags({ key: '@writeonly' })).toEqual(all)
  expect(await flags({ relation: '@writeonly' })).toEqual(all)
})

it('keeps a foreign key from being written with its relation', async () => {
  expect(await flags({ relation: '@readonly' })).toEqual([
    'Post.authorId: readonly',
    'Post.author: readonly',
  ])
})

it('takes what is said of the end without the key for that end alone', async () => {
  expect(await flags({ list: '@hidden' })).toEqual(['User.posts: hidden'])
})

it('takes what is said of either end of a many-to-many relation for both', async () => {
  const { models } = await load(`model Post {
  id   Int   @id
  tags Tag[]
}

model Tag {
  id    Int    @id
  /// @hidden
  posts Post[]
}
`)
  expect(flagsOf(models)).toEqual(['Post.tags: hidden', 'Tag.posts: hidden'])
})

const COMPOSITE = (above: Readonly<Record<string, string>>): string => `model Place {
  tenant Int
  code   Int
  org    Org    @relation(fields: [tenant], references: [id])
  things Thing[]

  @@id([tenant, code])
}

model Org {
  id     Int     @id
  places Place[]
  things Thing[]
}

${above['model'] ?? ''}
model Thing {
  id     Int   @id
  tenant Int
  ${above['code'] ?? ''}
  code   Int
  org    Org   @relation(fields: [tenant], references: [id])
  ${above['place'] ?? ''}
  place  Place @relation(fields: [tenant, code], references: [tenant, code])
}
`

it('hides a relation with any column of its foreign key, and no column that another relation has', async () => {
  const all = ['Place.things: hidden', 'Thing.code: hidden', 'Thing.place: hidden']
  expect(flagsOf((await load(COMPOSITE({ code: '/// @hidden' }))).models)).toEqual(all)
  expect(flagsOf((await load(COMPOSITE({ place: '/// @hidden' }))).models)).toEqual(all)
})

it('takes a rule on a relation for one on the columns that are its own', async () => {
  const rule = '/// @@policy(read, rule: "true", fields: [place, note])'
  const { models } = await load(COMPOSITE({ model: rule, code: 'note String' }))
  const thing = models.find(({ name }) => name === 'Thing')!
  expect(thing.annotations.policies[0]!.fields).toEqual(['code', 'note'])
  const ruled = thing.fields.filter(({ annotations }) => annotations.policies.length > 0)
  expect(ruled.map(({ name }) => name)).toEqual(['note', 'code'])
})

it('refuses a reading rule on a relation whose foreign key is what rows are found by', async () => {
  const message = await refusal(`/// @@policy(read, rule: "true", fields: [user])
model Profile {
  userId Int  @id
  user   User @relation(fields: [userId], references: [id])
}

model User {
  id      Int      @id
  profile Profile?
}
`)
  expect(message).toContain('userId is what a row of Profile is found by: it is read with the row.')
})
