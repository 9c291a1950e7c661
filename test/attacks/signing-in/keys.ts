import type { Attack, Victim } from '../attack.js'
import { Person, works } from './person.js'

const KEYS = '/api/auth/api-keys'

interface Key {
  readonly id: string
  readonly key: string
}

async function keyOf({ send }: Victim, person: Person, more: object = {}): Promise<Key> {
  const body = { name: 'Export', scopes: ['*'], ...more }
  return (await send('POST', KEYS, body, person.bearer())).body.data ?? { id: '', key: '' }
}

const edit = (name: string, find: string, replace: string) => ({
  file: `src/plugins/api-key/${name}.ts`,
  find,
  replace,
})

/** Keys of programs: of whom they are, and for what. */
export const keys: readonly Attack[] = [
  {
    id: 'E31',
    name: 'makes a key of another user by naming him in the body',
    succeeds: async (victim) => {
      const [owner, thief] = [await Person.registered(victim), await Person.registered(victim)]
      const userId = (await owner.me()).body.data.id
      await keyOf(victim, thief, { userId })
      const { body } = await victim.send('GET', KEYS, undefined, owner.bearer())
      return body.data.length === 1
    },
    defenceOff: () => [
      edit('endpoints', 'newKeyBody = z.strictObject(', 'newKeyBody = z.looseObject('),
      edit(
        'endpoints',
        'const key = await createKey(userId,',
        'const key = await createKey((request.body as any).userId ?? userId,',
      ),
    ],
  },
  {
    id: 'E31',
    name: 'takes over a key of another user by rotating it',
    succeeds: async (victim) => {
      const [owner, thief] = [await Person.registered(victim), await Person.registered(victim)]
      const { id } = await keyOf(victim, owner)
      return works(await victim.send('POST', `${KEYS}/${id}/rotate`, undefined, thief.bearer()))
    },
    defenceOff: () => [
      edit(
        'keys',
        'updateMany({ where: { id, userId }, data: kept })',
        'updateMany({ where: { id }, data: kept })',
      ),
    ],
  },
  {
    id: 'E31',
    name: 'makes a key by a stolen key, to stay when that is gone',
    succeeds: async (victim) => {
      const { key } = await keyOf(victim, await Person.registered(victim))
      const body = { name: 'Mine', scopes: ['*'] }
      return (await victim.send('POST', KEYS, body, { 'x-api-key': key })).status === 201
    },
    defenceOff: () => [
      edit('endpoints', "if (user.via === 'ApiKey') {", 'if (user.id === undefined) {'),
    ],
  },
  {
    id: 'E28',
    name: 'goes on with the secret that a key had before it was rotated',
    succeeds: async (victim) => {
      const owner = await Person.registered(victim)
      const { id, key } = await keyOf(victim, owner)
      const rotated = await victim.send('POST', `${KEYS}/${id}/rotate`, undefined, owner.bearer())
      const old = await victim.send('GET', '/api/users', undefined, { 'x-api-key': key })
      return works(rotated) && works(old)
    },
    defenceOff: () => [
      edit(
        'keys',
        'if (!found || !sameHash(found.hash, hashToken(secret))) return null',
        'if (!found) return null',
      ),
      edit(
        'keys',
        'const prefix = `key_${randomToken().slice(0, 8)}`',
        "const prefix = 'key_00000000'",
      ),
    ],
  },
  {
    id: 'E31',
    name: 'writes by a key that is for reading',
    succeeds: async (victim) => {
      const owner = await Person.registered(victim)
      const { key } = await keyOf(victim, owner, { scopes: ['users:read'] })
      const { id } = (await owner.me()).body.data
      const headers = { 'x-api-key': key }
      return works(await victim.send('PATCH', `/api/users/${id}`, { name: 'owned' }, headers))
    },
    defenceOff: () => [
      edit('authenticate', 'if (!covers(scopesOf(key), needed))', 'if (needed === undefined)'),
    ],
  },
]
