import { prisma } from './db.js'
import type { Endpoint } from './http/route.js'

const day = new Date('2026-01-01T00:00:00.000Z')

/** What is there before requests are made: rows whose keys are known, and secrets that are found again. */
async function fill(): Promise<void> {
  await prisma.author.createMany({
    data: [1, 2, 3].map((id) => ({
      id,
      name: `name ${id}`,
      email: `author${id}@example.org`,
      passwordHash: `zebra-hash-${id}`,
      apiKey: `zebra-key-${id}`,
      salary: 190_482_760 + id,
    })),
  })
  await prisma.bio.create({ data: { id: 1, text: 'one', authorId: 1 } })
  await prisma.post.createMany({
    data: [1, 2, 3, 4].map((id) => ({
      id: `post-${id}`,
      title: id % 2 === 0 ? 'even' : 'odd',
      slug: `slug-${id}`,
      views: id,
      authorId: (id % 3) + 1,
      createdAt: day,
      ...(id > 2 ? { body: 'one', price: '1.5', size: 9007199254740993n, publishedAt: day } : {}),
      ...(id > 3 ? { editorId: 2, meta: { one: [1, { two: 'x' }] }, rating: 0.5 } : {}),
    })),
  })
  await prisma.tag.createMany({ data: [1, 2].map((id) => ({ id, name: `tag ${id}` })) })
  await prisma.post.update({
    where: { id: 'post-1' },
    data: { tags: { connect: [{ id: 1 }, { id: 2 }] } },
  })
  await prisma.label.createMany({ data: [1, 2].map((id) => ({ id, name: `label ${id}` })) })
  await prisma.postLabel.createMany({
    data: [1, 2].map((labelId) => ({ postId: 'post-1', labelId, position: labelId })),
  })
  await prisma.comment.createMany({
    data: [1, 2, 3].map((id) => ({
      id,
      text: 'one',
      postId: `post-${id}`,
      authorId: id === 1 ? null : id,
      parentId: id === 3 ? 1 : null,
    })),
  })
  await prisma.country.createMany({ data: ['pe', 'pl'].map((code) => ({ code, name: code })) })
  await prisma.city.create({ data: { countryCode: 'pe', name: 'one', population: 5 } })
  await prisma.slot.create({ data: { at: day, level: 'LOW', note: 'one' } })
  await prisma.chunk.create({ data: { hash: Uint8Array.from([1]), note: 'one', rank: 1 } })
  await prisma.counter.createMany({
    data: [1n, 9007199254740993n].map((number) => ({ number, note: 'one' })),
  })
  await prisma.amount.create({ data: { value: '1.5', note: 'one' } })
  await prisma.switch.create({ data: { on: true, note: 'one' } })
  await prisma.setting.create({ data: { level: 'HIGH', note: 'one' } })
  await prisma.page.createMany({
    data: ['a/b', '%', 'one', '..'].map((path) => ({ path, note: 'one' })),
  })
  await prisma.order.create({ data: { id: 1, constructor: 'one', toString: 1 } })
  await prisma.orderLine.create({ data: { orderId: 1, line: 1, where: 'one' } })
  await prisma.class.create({ data: { id: 1, default: 'one', hasOwnProperty: 'one', select: 1 } })
  await prisma.team.create({ data: { id: 1, name: 'one' } })
  await prisma.member.createMany({
    data: [1, 2].map((id) => ({
      id,
      first: 'one',
      last: 'two',
      secret: `zebra-secret-${id}`,
      teamId: 1,
    })),
  })
  await prisma.badge.create({ data: { id: 1, title: 'one', memberId: 1 } })
  await prisma.trace.create({ data: { id: 1, text: 'one' } })
  await prisma.everything.create({
    data: {
      id: 'one',
      text: 'one',
      int: 1,
      bigInt: 1n,
      float: 0.5,
      decimal: '1.5',
      boolean: true,
      dateTime: day,
      json: { one: 1 },
      bytes: Uint8Array.from([1]),
      level: 'LOW',
    },
  })
}

/** Children before parents. */
const TABLES = [
  ...([
    'comment',
    'postLabel',
    'post',
    'tag',
    'label',
    'bio',
    'author',
    'city',
    'country',
  ] as const),
  ...([
    'slot',
    'chunk',
    'counter',
    'amount',
    'switch',
    'setting',
    'page',
    'orderLine',
    'order',
  ] as const),
  ...(['class', 'badge', 'member', 'team', 'trace', 'everything'] as const),
]

export const testEndpoints: Endpoint[] = [
  {
    method: 'POST',
    path: '/test/reset',
    async handler() {
      for (const table of TABLES)
        await (prisma[table] as { deleteMany(): Promise<unknown> }).deleteMany()
      await fill()
      return { status: 204 }
    },
  },
]
