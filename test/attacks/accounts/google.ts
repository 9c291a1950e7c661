import { newPerson, provider, PUBLIC, without } from './app.js'
import type { Scenario } from './scenario.js'
import { newAddress, OTHER, PASSWORD, Visitor } from './visitor.js'

const linkedAnew = without(
  'plugins/google/accounts',
  'if (existing) await endWaysIn(db, existing.id)',
)

/** By Google: who held an account before the owner of its address came, and who looks like its owner. */
export const google: readonly Scenario[] = [
  {
    name: 'an earlier holder signs in with his own account at Google',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const his = newPerson()
      await mallory.signInByGoogle(his)
      await victim.signInByGoogle(newPerson({ email: his.email }))
      provider.people.set(his.sub, { ...his, email: newAddress() })
      const { accessToken } = await mallory.signInByGoogle(his)
      return (await mallory.is(accessToken))?.email === his.email
    },
    defenceOff: [linkedAnew],
  },
  {
    name: 'an earlier holder has a code left',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const his = newPerson()
      const { code } = (await mallory.comeBack(his)).body.data
      await victim.signInByGoogle(newPerson({ email: his.email }))
      return (await mallory.post('google/tokens', { code })).status === 200
    },
    defenceOff: [linkedAnew],
  },
  {
    name: 'an earlier holder has a session, a key, a password or a reset token left',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const person = newPerson()
      const { accessToken, refreshToken } = await mallory.register(person.email)
      const key = await mallory.key(accessToken)
      const token = await mallory.forgot(person.email)
      await victim.signInByGoogle(person)
      const left = [
        (await mallory.is(accessToken)) !== null,
        (await mallory.is(key)) !== null,
        (await mallory.post('refresh', { refreshToken })).status === 200,
        (await mallory.post('reset-password', { token, password: OTHER })).status === 204,
        (await mallory.logIn(person.email, PASSWORD)).status === 200,
      ]
      return left.includes(true)
    },
    defenceOff: [linkedAnew],
  },
  {
    name: 'who held an address before its owner set the password by mail has a way in left',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const [his, address] = [newPerson(), newAddress()]
      const { accessToken } = await mallory.signInByGoogle(his)
      const changed = await mallory.post('change-email', { email: address }, accessToken)
      if (changed.status !== 200) throw new Error(JSON.stringify(changed.body))
      const key = await mallory.key(changed.body.data.accessToken)
      const { code } = (await mallory.comeBack(his)).body.data
      const token = await victim.forgot(address)
      await victim.post('reset-password', { token, password: OTHER })
      const left = [
        (await mallory.is(key)) !== null,
        (await mallory.post('google/tokens', { code })).status === 200,
        (await mallory.is((await mallory.signInByGoogle(his)).accessToken))?.email === address,
      ]
      return left.includes(true)
    },
    defenceOff: [
      without('plugins/jwt/reset-tokens', 'await endIdentitiesOfOthers(db, account)'),
      without('plugins/jwt/bodies', 'z.boolean().default(true)', 'z.boolean().default(false)'),
    ],
  },
  {
    name: 'who comes by Google and sets a password by mail does not come by Google any more',
    succeeds: async (app) => {
      const owner = new Visitor(app)
      const person = newPerson()
      const first = await owner.is((await owner.signInByGoogle(person)).accessToken)
      const token = await owner.forgot(person.email)
      await owner.post('reset-password', { token, password: OTHER })
      const again = await owner.is((await owner.signInByGoogle(person)).accessToken)
      // Whoever is linked anew ends the password.
      const { status } = await owner.logIn(person.email, OTHER)
      return again?.email !== first?.email || status !== 200
    },
    defenceOff: [
      without('auth/ways-in', 'email !== normaliseLogin(login)', "email !== login.concat('x')"),
    ],
  },
  {
    name: 'somebody comes by an address that only looks like the one of another',
    succeeds: async (app) => {
      const victim = new Visitor(app)
      const email = newAddress()
      const { accessToken } = await victim.register(email)
      await new Visitor(app).comeBack(newPerson({ email: `ｘ${email.slice(1)}` }))
      const like = `${String.fromCharCode(email.charCodeAt(0) + 0xfee0)}${email.slice(1)}`
      await new Visitor(app).comeBack(newPerson({ email: like }))
      // Whoever is linked ends what was there before.
      return (await victim.is(accessToken)) === null
    },
    defenceOff: [
      without(
        'auth/login',
        'login.trim().replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())',
        "login.trim().normalize('NFKC').toLowerCase()",
      ),
    ],
  },
  {
    name: 'somebody is signed in as the one who sent him a code',
    succeeds: async (app) => {
      const [mallory, victim] = [new Visitor(app), new Visitor(app)]
      const { code } = (await mallory.comeBack(newPerson())).body.data
      await victim.browser.request(`${PUBLIC}/api/auth/google`)
      return (await victim.post('google/tokens', { code })).status === 200
    },
    defenceOff: [
      without(
        'plugins/google/endpoints',
        "if (!isOwnCode(request, code)) throw notSignedIn('This code was given to another browser.')",
      ),
    ],
  },
]
