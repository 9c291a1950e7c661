import type { SpelledApp } from './app.js'
import { messageOf, REQUESTS, type Caller } from './requests.js'

/**
 * Answers that a cache which others share may keep, though they were for one caller alone, or that do not say by what
 * they vary.
 */
export async function keepableAnswers(app: SpelledApp): Promise<readonly string[]> {
  const callers: readonly Caller[] = ['nobody', 'user', 'stale', 'notes:write']
  const wrong: string[] = []
  for (const request of REQUESTS.filter(({ method }) => method === 'GET'))
    for (const caller of callers)
      for (const more of [[], ['if-none-match', '*'], ['origin', 'https://other.example']])
        for (const method of ['GET', 'HEAD']) {
          const { headers } = messageOf(request, app.credentials[caller])
          const response = await fetch(app.app.url + request.target, {
            method,
            headers: Object.fromEntries([...headers, more].filter(([name]) => name !== undefined)),
          })
          if (isWrong(response, request.target, caller !== 'nobody'))
            wrong.push(
              `${method} ${request.target} by ${caller}: ${response.status} ${said(response)}`,
            )
          await response.arrayBuffer()
        }
  return wrong
}

const said = ({ headers }: Response): string =>
  `cache-control ${headers.get('cache-control')}, vary ${headers.get('vary')}`

/** These answer all alike. */
const ALIKE = new Set(['/health', '/openapi.json'])

function isWrong({ status, headers }: Response, target: string, isPersonal: boolean): boolean {
  const control = headers.get('cache-control') ?? ''
  const vary = (headers.get('vary') ?? '').split(', ')
  if (status >= 400) return control !== 'no-store'
  if (ALIKE.has(target)) return !/no-store|no-cache/.test(control)
  if (control === 'no-store') return false
  // This one says itself how long it may be kept.
  const own = target.endsWith('/featured') ? 'max-age=60' : 'no-cache'
  if (isPersonal) return control !== `private, ${own}`
  return control !== own || !['authorization', 'x-api-key'].every((it) => vary.includes(it))
}

const MISTAKES = 50_000

/** Bytes of the longest answer to a request that is wrong in many places, or in one that is long. */
export async function longestRefusal(app: SpelledApp): Promise<number> {
  const headers = {
    ...Object.fromEntries(app.credentials.user),
    'content-type': 'application/json',
  }
  const unknown = Object.fromEntries(Array.from({ length: MISTAKES }, (_, at) => [`k${at}`, 0]))
  const long = 'x'.repeat(500_000)
  const requests: readonly (readonly [method: string, target: string, body?: unknown])[] = [
    ['POST', '/api/notes/bulk', { data: [unknown] }],
    ['POST', '/api/notes/bulk', { data: Array.from({ length: 1000 }, () => ({ a: 1, b: 1 })) }],
    ['POST', '/api/notes', unknown],
    ['POST', '/api/notes', { [long]: 1 }],
    ['PATCH', '/api/notes/1', { ...unknown, text: 'x' }],
    ['POST', '/api/notes/search', { where: { [long]: 1 } }],
    ['POST', '/api/notes/search', { orderBy: long }],
    ['POST', '/api/notes/search', { where: { text: { [long]: 1 } } }],
    ['DELETE', '/api/notes/bulk', { where: { id: long } }],
    ['POST', '/api/auth/login', { ...unknown, email: long }],
    ['GET', `/api/notes?${long.slice(0, 10_000)}=1`],
    ['GET', `/api/notes?where[${long.slice(0, 10_000)}]=1`],
    ['GET', `/api/notes?%zz${long.slice(0, 10_000)}`],
    ['GET', `/api/${long.slice(0, 10_000)}`],
  ]
  const lengths = requests.map(async ([method, target, body]) => {
    const response = await fetch(app.app.url + target, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (![400, 401, 404].includes(response.status))
      throw new Error(`${method} ${target}: ${response.status}`)
    return (await response.arrayBuffer()).byteLength
  })
  return Math.max(...(await Promise.all(lengths)))
}
