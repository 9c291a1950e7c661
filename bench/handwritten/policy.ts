// Runs inside a generated blog, in its folder; see bench/policy.ts.
import { isDeepStrictEqual } from 'node:util'
import { prisma } from '../src/db.js'
import type { Prisma } from '../src/generated/prisma/client.js'
import type { User } from '../src/http/authenticate.js'
import { accessTo } from '../src/policies/access.js'

// Rounds that do not count: V8 takes some ten thousand calls to optimise either way, and a server lives longer.
const WARM_UP = 50
const ROUNDS = 30
const LISTS = 200

const author = await prisma.user.create({ data: { email: 'bench@example.com', name: 'Bench' } })
const other = await prisma.user.create({ data: { email: 'other@example.com', name: 'Other' } })
await prisma.post.createMany({
  data: Array.from({ length: 400 }, (_, index) => ({
    title: `Post ${index}`,
    slug: `bench-${index}`,
    content: 'Text '.repeat(40),
    status: index % 2 === 0 ? 'PUBLISHED' : 'DRAFT',
    authorId: index % 4 < 2 ? author.id : other.id,
  })),
})

const published = { status: { not: 'DRAFT' } } as const
const someone: User = { id: author.id, claims: { ...author }, via: 'JWT' }
const page = { take: 20, orderBy: { id: 'asc' } } as const
const CASES: readonly {
  readonly name: string
  readonly user: User | null
  readonly where: Prisma.PostWhereInput
}[] = [
  { name: 'posts, for nobody in particular', user: null, where: published },
  {
    name: 'posts, for a user who has drafts',
    user: someone,
    where: { OR: [published, { authorId: author.id }] },
  },
]

/** So many per second of processor time, which other work on the machine does not count in. */
async function speed(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage()
  for (let count = 0; count < LISTS; count++) await work()
  const { user, system } = process.cpuUsage(started)
  return (LISTS / (user + system)) * 1e6
}

/** Runs both in turn. @returns how many of each per second, by round */
async function compared(
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
): Promise<[number, number][]> {
  const rounds: [number, number][] = []
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const first = await speed(round % 2 ? theirs : ours)
    const second = await speed(round % 2 ? ours : theirs)
    if (round >= WARM_UP) rounds.push(round % 2 ? [second, first] : [first, second])
  }
  return rounds
}

const results = []
for (const { name, user, where } of CASES) {
  // Bound anew for each list, as for each request.
  const policy = () => accessTo(prisma, user, false).post.findMany(page)
  const byHand = () => prisma.post.findMany({ ...page, where })
  const [ours, theirs] = [await policy(), await byHand()]
  if (ours.length !== 20 || !isDeepStrictEqual(ours, theirs))
    throw new Error(`${name}: not the same rows.`)
  results.push({ name, rounds: await compared(policy, byHand) })
}

// Writes of one row: what a user may write of his own, against the same write by whoever has no rules.
const drafts = () => accessTo(prisma, someone, false).post
const post = await prisma.post.findFirstOrThrow({ where: { authorId: author.id, status: 'DRAFT' } })
let number = 0
const draft = () => {
  number += 1
  return { title: 'New', slug: `new-${number}`, content: 'Text', authorId: author.id }
}
const change = () => {
  number += 1
  return { where: { id: post.id }, data: { title: `Changed ${number}` } }
}
type Posts = Pick<typeof prisma.post, 'create' | 'update' | 'delete'>
const WRITES: Readonly<Record<string, (posts: Posts) => Promise<unknown>>> = {
  'a post is changed': (posts) => posts.update(change()),
  'a post is created': (posts) => posts.create({ data: draft() }),
  'a post is created and deleted': async (posts) => {
    const { id } = await posts.create({ data: draft() })
    await posts.delete({ where: { id } })
  },
}
for (const [name, write] of Object.entries(WRITES))
  results.push({
    name,
    rounds: await compared(
      () => write(drafts()),
      () => write(prisma.post),
    ),
  })

console.log(JSON.stringify({ results }))
process.exit(0)
