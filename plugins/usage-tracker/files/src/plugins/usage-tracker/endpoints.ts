import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { env } from '../../env.js'
import { invalid, Problem } from '../../http/problem.js'
import type { ApiRequest, Endpoint } from '../../http/route.js'
import { readUsage } from './counts.js'
import { save } from './tracker.js'

const DAY_MS = 24 * 3_600_000

const querySchema = z.strictObject({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
})

/** `GET /api/usage`: sums of the last day, or of the span that is asked for. */
export const endpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '/api/usage',
    handler: async (request) => {
      requireToken(request)
      const { from, to } = spanOf(request)
      await save()
      const data = await readUsage(from, to)
      const meta = { from: from.toISOString(), to: to.toISOString() }
      return { status: 200, body: { data, meta }, headers: { 'cache-control': 'no-store' } }
    },
  },
]

/** @throws Problem 401 where the token is missing or another one */
function requireToken(request: ApiRequest): void {
  const given = request.header('x-usage-token') ?? ''
  // Digests have one length, and comparing them takes the same time whatever is given.
  if (timingSafeEqual(digest(given), digest(env.USAGE_TOKEN))) return
  throw new Problem(401, 'usage_token_required', {
    detail: 'Send USAGE_TOKEN in the header X-Usage-Token.',
    headers: { 'www-authenticate': 'UsageToken' },
  })
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** @throws Problem 400 that names what is wrong */
function spanOf({ query }: ApiRequest): { from: Date; to: Date } {
  const { data, error } = querySchema.safeParse(query)
  const [issue] = error?.issues ?? []
  if (issue?.code === 'unrecognized_keys') throw invalid(issue.keys[0] ?? '', 'Unknown parameter.')
  if (!data)
    throw invalid(String(issue?.path[0] ?? ''), 'Expected a time such as 2026-01-31T00:00:00Z.')
  const to = data.to === undefined ? new Date() : new Date(data.to)
  const from = data.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(data.from)
  if (from > to) throw invalid('from', 'It is after `to`.')
  return { from, to }
}
