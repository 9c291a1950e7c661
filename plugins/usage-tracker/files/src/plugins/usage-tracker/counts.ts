import { Prisma } from '../../generated/prisma/client.js'
import { prisma } from '../../db.js'

/** Requests of one hour that had the same route and answer. */
export interface Count {
  readonly hour: Date
  readonly method: string
  /** Pattern of the address; `(none)` for what no route took. */
  readonly route: string
  readonly status: number
  requests: number
  totalMs: number
}

/** Adds to what the table has: all of them or none. */
export async function saveCounts(counts: readonly Count[]): Promise<void> {
  await prisma.$transaction(counts.map(saveCount))
}

function saveCount(count: Count): Prisma.PrismaPromise<unknown> {
  const { requests, totalMs, ...key } = count
  return prisma.usageCount.upsert({
    where: { hour_method_route_status: key },
    create: count,
    update: { requests: { increment: requests }, totalMs: { increment: totalMs } },
  })
}

/** Removes what is older. */
export async function dropCountsBefore(hour: Date): Promise<void> {
  await prisma.usageCount.deleteMany({ where: { hour: { lt: hour } } })
}

export interface Usage {
  readonly method: string
  readonly route: string
  readonly status: number
  readonly requests: number
  /** Milliseconds that one took on average. */
  readonly meanMs: number
}

/** Sums of a span of hours, the most frequent first. */
export async function readUsage(from: Date, to: Date): Promise<Usage[]> {
  const sums = await prisma.usageCount.groupBy({
    by: ['method', 'route', 'status'],
    where: { hour: { gte: from, lte: to } },
    _sum: { requests: true, totalMs: true },
    orderBy: [{ _sum: { requests: 'desc' } }, { route: 'asc' }, { method: 'asc' }],
  })
  return sums.map(({ method, route, status, _sum }) => {
    const requests = _sum.requests ?? 0
    const meanMs = requests === 0 ? 0 : Math.round(((_sum.totalMs ?? 0) / requests) * 10) / 10
    return { method, route, status, requests, meanMs }
  })
}
