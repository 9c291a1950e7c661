import { without } from './app.js'
import type { Scenario } from './scenario.js'
import { newAddress, OTHER, PASSWORD, Visitor } from './visitor.js'

/** Ten wrong passwords, from a browser and a network that nobody knows. */
async function lockOut(stranger: Visitor, email: string): Promise<void> {
  for (let n = 0; n < 10; n++) await stranger.logIn(email, OTHER)
  const { status } = await stranger.logIn(email)
  if (status !== 429) throw new Error(`Strangers are not limited: ${status}`)
}

/** How many of twelve wrong passwords are looked at. */
async function tried(who: Visitor, email: string): Promise<number> {
  const answers: number[] = []
  for (let n = 0; n < 12; n++) answers.push((await who.logIn(email, OTHER)).status)
  return answers.filter((status) => status === 401).length
}

/** Limits of passwords, from the owner's browser and from others. */
export const devices: readonly Scenario[] = [
  {
    name: 'a stranger who tries passwords keeps the owner out of the browser he uses',
    succeeds: async (app) => {
      const [owner, stranger] = [new Visitor(app), new Visitor(app)]
      const email = newAddress()
      await owner.register(email)
      await lockOut(stranger, email)
      return (await owner.logIn(email)).status !== 200
    },
    defenceOff: [
      without(
        'plugins/jwt/limits',
        'device === null ? tries(byStrangers, keyOf(account)) : tries(byKnown, device)',
        'tries(byStrangers, keyOf(account))',
      ),
    ],
  },
  {
    name: 'a stranger who tries passwords keeps the owner from changing his',
    succeeds: async (app) => {
      const [owner, stranger] = [new Visitor(app), new Visitor(app)]
      const email = newAddress()
      const { accessToken } = await owner.register(email)
      await lockOut(stranger, email)
      const body = { currentPassword: PASSWORD, newPassword: OTHER }
      return (await owner.post('change-password', body, accessToken)).status !== 200
    },
    defenceOff: [
      without(
        'plugins/jwt/limits',
        'tries(byKnown, `session:${id}`)',
        'tries(byStrangers, `id:${userId}`)',
      ),
      without('plugins/jwt/limits', '({ id }: JwtSession)', '({ userId }: JwtSession)'),
    ],
  },
  {
    name: 'a browser in which somebody has signed in tries more passwords of his than ten',
    succeeds: async (app) => {
      const owner = new Visitor(app)
      const email = newAddress()
      await owner.register(email)
      return (await tried(owner, email)) > 10
    },
    defenceOff: [
      without(
        'plugins/jwt/limits',
        "createThrottle('password:device', TEN)",
        "createThrottle('password:device', { ...TEN, points: 100 })",
      ),
    ],
  },
  {
    name: 'who signs in to an account of his own again and again tries more passwords of another',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const [own, email] = [newAddress(), newAddress()]
      await mallory.register(own)
      await victim.register(email)
      let looked = 0
      for (let n = 0; n < 12; n++) {
        await mallory.logIn(own)
        if ((await mallory.logIn(email, OTHER)).status === 401) looked++
      }
      return looked > 10
    },
    defenceOff: [
      without(
        'plugins/jwt/devices',
        'known?.userId === String(userId) ? known.device : null',
        'userId ? (known?.device ?? null) : null',
      ),
    ],
  },
  {
    name: 'who writes the cookie of a known device himself tries more passwords',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const email = newAddress()
      const { accessToken } = await victim.register(email)
      const { id } = (await victim.is(accessToken))!
      let looked = 0
      for (let n = 0; n < 12; n++) {
        const value = Buffer.from(JSON.stringify({ userId: id ?? email, device: `made-up-${n}` }))
        const cookie = `${value.toString('base64url')}.${'A'.repeat(43)}`
        for (const name of ['known-device', '__Host-known-device'])
          mallory.browser.keep(app.url, name, cookie)
        if ((await mallory.logIn(email, OTHER)).status === 401) looked++
      }
      return looked > 10
    },
    defenceOff: [
      without(
        'plugins/jwt/signed-cookie',
        'if (!sameHash(signature, sign(value))) return null',
        'if (!sameHash(signature, sign(value)) && false) return null',
      ),
    ],
  },
  {
    name: 'API keys stay good where they are to end with the password',
    succeeds: async (app) => {
      const victim = new Visitor(app)
      const email = newAddress()
      const { accessToken } = await victim.register(email)
      const key = await victim.key(accessToken)
      const change = { currentPassword: PASSWORD, newPassword: OTHER }
      const changed = await victim.post('change-password', change, accessToken)
      if ((await victim.is(key)) === null) throw new Error('Nobody asked for that.')
      const next = { currentPassword: OTHER, newPassword: PASSWORD, revokeKeys: true }
      const again = await victim.post('change-password', next, changed.body.data.accessToken)
      const first = await victim.is(key)
      const other = await victim.key(again.body.data.accessToken)
      const token = await victim.forgot(email)
      await victim.post('reset-password', { token, password: OTHER, revokeKeys: true })
      return first !== null || (await victim.is(other)) !== null
    },
    defenceOff: [
      without(
        'plugins/jwt/credentials',
        'if (revokeKeys) await',
        'if (revokeKeys && passwordHash.length === 0) await',
      ),
    ],
  },
]
