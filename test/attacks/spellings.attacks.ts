import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { undefended } from '../contract/harness.js'
import { TWO } from '../examples/combinations.js'
import type { Edit } from '../support/app-edits.js'
import { deep } from '../support/deep.js'
import { keepableAnswers, longestRefusal } from './spellings/answers.js'
import { SpelledApp, spelledTarget } from './spellings/app.js'
import { messageOf, REQUESTS } from './spellings/requests.js'
import { Table, trialsOf, type Trial } from './spellings/trials.js'

/** Trials beside those that are always made. */
const COUNT = deep ? 5000 : 100

const APPS: SpelledApp[] = []
beforeAll(async () => {
  for (const combination of TWO) APPS.push(await SpelledApp.started(combination))
})
afterAll(() => Promise.all(APPS.map((app) => app.stop())))

/** However a request is written: the answer is that of the plain spelling, or it is refused and changes nothing. */
describe('another spelling of a request', () => {
  it('gets what the plain one gets or less, the same from both frameworks', async () => {
    const tables = APPS.map((app) => new Table(app))
    const wrong: string[] = []
    for (const trial of trialsOf(COUNT)) {
      const tried = await Promise.all(tables.map((table) => table.try(trial)))
      wrong.push(...tried.flatMap((it) => it?.wrong ?? []))
      const statuses = tried.map((it) => it?.decision.status)
      if (new Set(statuses).size > 1) wrong.push(`${nameOf(trial)}: ${statuses.join(' and ')}`)
    }
    expect(wrong.join('\n')).toBe('')
    const [one, two] = APPS.map((app) => app.loggedRoutes())
    expect(one).toEqual(two)
    expect(one).toContain('/api/notes/:id')
  }, 600_000)

  it('is asked who calls, but for the routes that are open', async () => {
    for (const app of APPS) {
      const answers = REQUESTS.map(async (request) => {
        const { status } = await app.decide(messageOf(request, app.credentials.stale))
        return status === 401 ? [] : [request.target]
      })
      const open = (await Promise.all(answers)).flat()
      expect(open).toEqual(['/api/auth/logout', '/health', '/openapi.json'])
    }
  })
})

describe('an answer', () => {
  it('is kept by no cache that others share, where it was for one caller', async () => {
    for (const app of APPS) expect(await keepableAnswers(app)).toEqual([])
  }, 60_000)

  it('does not grow with the mistakes of a request', async () => {
    for (const app of APPS) expect(await longestRefusal(app)).toBeLessThan(16_000)
  }, 60_000)
})

const UNDEFENDED: readonly Edit[] = [
  // Scopes of keys are decided on the text of the address, as the framework got it.
  { file: 'src/app.ts', find: '    rewriteUrl,\n', replace: '' },
  {
    file: 'src/http/adapter.ts',
    find: '...{ id, method, header },',
    replace: '...{ id, method, header, text: request.url },',
  },
  {
    file: 'src/plugins/api-key/authenticate.ts',
    find: 'if (!covers(scopesOf(key), needed))',
    replace: "if ((request as any).text.startsWith('/api/') && !covers(scopesOf(key), needed))",
  },
  {
    file: 'src/http/caching.ts',
    find: ": asPrivate(said ?? 'no-cache'),",
    replace: ": (said ?? 'no-cache'),",
  },
  { file: 'src/http/problem.ts', find: 'errors: 20,', replace: 'errors: 200_000,' },
]

describe('undefended', () => {
  it('a key does more by another spelling, caches keep answers, and refusals grow', async () => {
    const kind = { framework: 'fastify', mode: 'layered' } as const
    await undefended(await spelledTarget(kind, UNDEFENDED), async (running) => {
      const app = await SpelledApp.of(running)
      const table = new Table(app)
      const found: string[] = []
      for (const trial of trialsOf(0).filter(isEqualAndNarrow))
        if ((await table.try(trial))?.wrong?.includes('201 in place of 403'))
          found.push(trial.spelling.name)
      expect(found).toEqual(expect.arrayContaining(['encodes the api', 'names the server']))
      expect(await keepableAnswers(app)).not.toEqual([])
      expect(await longestRefusal(app)).toBeGreaterThan(16_000)
    })
  }, 120_000)
})

const isEqualAndNarrow = ({ caller, spelling }: Trial): boolean =>
  caller === 'tags:read' && spelling.expected === 'same'

const nameOf = ({ request, caller, spelling }: Trial): string =>
  `${request.method} ${request.target} by ${caller}, which ${spelling.name}`
