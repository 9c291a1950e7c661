import type { Victim } from './attack.js'

const SECRET = 'zebra-hash'
export const KEY = 'zebra-key'

/** Two accounts that differ in every hidden column, and an article of the first one. */
export async function fill({ send }: Victim): Promise<void> {
  for (const path of ['articles', 'topics', 'accounts'])
    await send('DELETE', `/api/${path}/bulk`, { where: { id: { gt: 0 } } })
  await made(send('POST', '/api/accounts', account('rich', SECRET, 2)))
  await made(send('POST', '/api/accounts', account('poor', 'apple-hash', 1)))
  const rich = await idOf({ send }, 'rich')
  await made(send('POST', '/api/articles', { title: 'one', accountId: rich }))
}

const account = (name: string, passwordHash: string, rank: 1 | 2): object => ({
  name,
  passwordHash,
  apiKey: rank === 2 ? KEY : 'apple-key',
  salary: rank,
  balance: String(rank),
  serial: String(rank),
  score: rank,
  flag: rank === 2,
  since: `202${rank}-01-01T00:00:00.000Z`,
  grade: rank === 2 ? 'HIGH' : 'LOW',
  notes: { rank },
  raw: Buffer.from([rank]).toString('base64'),
})

/** The id of the account with a name. */
export async function idOf({ send }: Pick<Victim, 'send'>, name: string): Promise<number> {
  const { body } = await send('GET', `/api/accounts?where[name]=${name}`)
  return body.data[0].id
}

/** The one article. */
export async function article({
  send,
}: Pick<Victim, 'send'>): Promise<{ id: number; views: number }> {
  return (await send('GET', '/api/articles')).body.data[0]
}

async function made(answer: ReturnType<Victim['send']>): Promise<void> {
  const { status, body } = await answer
  if (status !== 201) throw new Error(`Not made: ${status} ${JSON.stringify(body)}`)
}
