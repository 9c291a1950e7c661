// The very queries that the generated app sends to Prisma for the measured requests.
import type { PrismaClient } from '../src/generated/prisma/client.js'

export async function list(prisma: PrismaClient) {
  const [data, total] = await Promise.all([
    prisma.post.findMany({
      skip: 0,
      take: 20,
      orderBy: [{ id: 'asc' }],
      include: { author: true, editor: true, comments: { take: 100, orderBy: [{ id: 'asc' }] } },
    }),
    prisma.post.count({}),
  ])
  return { data, meta: { total, skip: 0, take: 20 } }
}

export const get = (prisma: PrismaClient, id: string) =>
  prisma.post.findUnique({ where: { id }, include: { author: true, editor: true } })

export const newPost = (prisma: PrismaClient, body: unknown) =>
  prisma.post.create({ data: body as never, include: { author: true, editor: true } })
