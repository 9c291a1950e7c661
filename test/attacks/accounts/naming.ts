import { without } from './app.js'
import { runSql } from './ending.js'
import type { Scenario } from './scenario.js'
import { newAddress, OTHER, PASSWORD, Visitor, type Row } from './visitor.js'

/** Every way to write what people sign in by, beside registering. */
const WAYS: readonly ((
  who: Visitor,
  row: Row,
  email: string,
  token: string,
) => Promise<unknown>)[] = [
  (who, { id, email: key }, email, token) =>
    who.call('PATCH', `users/${id ?? key}`, { email }, token),
  (who, { id, email: key }, email, token) =>
    who.call('PUT', `users/${id ?? key}`, { email }, token),
  (who, { email: key }, email, token) =>
    who.call('PATCH', 'users/bulk', { where: { email: key }, data: { email } }, token),
]
const CREATES: readonly ((who: Visitor, email: string) => Promise<{ status: number }>)[] = [
  (who, email) => who.call('POST', 'users', { email }),
  (who, email) => who.call('POST', 'users/bulk', { data: [{ email }] }),
  (who, email) => who.call('POST', 'teams', { name: 'A team', users: { create: [{ email }] } }),
]

/** The name that people sign in by. */
export const naming: readonly Scenario[] = [
  {
    name: 'somebody writes a name in a form that no one registers by',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const email = newAddress()
      const { accessToken } = await victim.register(email)
      const row = (await victim.is(accessToken))!
      for (const create of CREATES) {
        if ((await create(mallory, email.toUpperCase())).status < 300) return true
        if ((await create(mallory, 'not an address')).status < 300) return true
        const other = newAddress()
        await create(mallory, other.toUpperCase())
        if ((await mallory.register(other).catch(() => null)) !== null) return true
      }
      const tokens = (await victim.logIn(email.toUpperCase())).body.data
      return (await victim.is(tokens?.accessToken))?.email !== row.email
    },
    defenceOff: [
      without('http/write', ': keptValue(meta.name, name, value, `${path}${name}`)', ': value'),
    ],
  },
  {
    name: 'who has a key or a token, and not the password, changes the name of its user',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const { accessToken } = await victim.register()
      const row = (await victim.is(accessToken))!
      const key = await victim.key(accessToken)
      for (const token of [key, accessToken]) {
        for (const way of WAYS) await way(mallory, row, newAddress(), token)
        await mallory.post('change-email', { email: newAddress(), password: OTHER }, token)
        await mallory.post('change-email', { email: newAddress() }, token)
      }
      await mallory.post('change-email', { email: newAddress(), password: PASSWORD }, key)
      return (await victim.logIn(row.email)).status !== 200
    },
    defenceOff: [
      without('http/operations', 'await withoutLogin(context, model, where, given)', 'given'),
    ],
  },
  {
    name: 'a reset token is good that was sent to a former name',
    succeeds: async (app) => {
      const victim = new Visitor(app)
      const [before, after] = [newAddress(), newAddress()]
      await victim.register(before)
      const token = await victim.forgot(before)
      await runSql(app, 'UPDATE "User" SET email = ? WHERE email = ?', after, before)
      return (
        (await new Visitor(app).post('reset-password', { token, password: OTHER })).status < 300
      )
    },
    defenceOff: [
      without(
        'plugins/jwt/reset-tokens',
        'account && found.sentTo === hashToken(account.login) ? account : null',
        'account',
      ),
    ],
  },
  {
    name: 'who was there before with a name in another form is kept out',
    succeeds: async (app) => {
      const owner = new Visitor(app)
      const email = newAddress()
      const before = `Before-${email}`
      await owner.register(email)
      await runSql(app, 'UPDATE "User" SET email = ? WHERE email = ?', before, email)
      if ((await owner.logIn(before)).status !== 200) return true
      const token = await owner.forgot(before)
      return (await owner.post('reset-password', { token, password: OTHER })).status !== 204
    },
    defenceOff: [
      without(
        'plugins/jwt/bodies',
        'login: z.strictObject({ email: given,',
        'login: z.strictObject({ email: login,',
      ),
      without(
        'plugins/jwt/bodies',
        'forgotPassword: z.strictObject({ email: given })',
        'forgotPassword: z.strictObject({ email: login })',
      ),
    ],
  },
  {
    name: 'changing a name leaves a session, or a reset token',
    succeeds: async (app) => {
      const victim = new Visitor(app)
      const [before, after] = [newAddress(), newAddress()]
      const old = await victim.register(before)
      const token = await victim.forgot(before)
      const change = { email: after.toUpperCase(), password: PASSWORD }
      const { status, body } = await victim.post('change-email', change, old.accessToken)
      if (status !== 200) throw new Error(JSON.stringify(body))
      if ((await victim.is(body.data.accessToken))?.email !== after) throw new Error('not changed')
      const { refreshToken } = old
      return [
        (await victim.is(old.accessToken)) !== null,
        (await victim.post('refresh', { refreshToken })).status === 200,
        (await victim.post('reset-password', { token, password: OTHER })).status < 300,
        (await victim.logIn(before)).status === 200,
      ].includes(true)
    },
    defenceOff: [
      without(
        'plugins/jwt/credentials',
        "await db.jwtSession.deleteMany({ where: { userId } })\n    return openSession(db, userId, session.via as User['via'])",
        "return openSession(db, userId, session.via as User['via'])",
      ),
      without(
        'plugins/jwt/credentials',
        'deleteMany({ where: { id: session.id } })',
        'count().then((count) => ({ count }))',
      ),
    ],
  },
]
