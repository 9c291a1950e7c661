import { heldBy, late, someone, type Step } from './by-password.js'
import { judged } from './judge.js'
import type { Credential } from './model.js'

/** A key and what it is managed by: mostly a token of its own user. */
const managed: (...given: Parameters<Step>) => { token: Credential; key: Credential } | null = (
  world,
  random,
) => {
  const { human } = someone(world, random)
  const secret = late(world.all('key'), random)
  // A key that was rotated is good by its last secret.
  const key = world.all('key').findLast(({ of }) => of === secret?.of)
  const tokens = world.all('access', human)
  const own = tokens.filter(({ account }) => account === key?.account)
  const token = late(own.length > 0 && random.chance(0.8) ? own : tokens, random)
  return key && token ? { key, token } : null
}

const expectedOf = (
  { token, key }: NonNullable<ReturnType<typeof managed>>,
  world: Parameters<Step>[0],
) =>
  token.account !== key.account || key.state === 'ended' || world.truth(token) === 'ended'
    ? 'ended'
    : key.state === 'good'
      ? world.truth(token)
      : 'unclear'

export const byKey: Readonly<Record<string, Step>> = {
  async makesKey(world, random) {
    const { human, visitor } = someone(world, random)
    const token = heldBy(world, random, human, 'access')
    if (!token) return
    const { account } = token
    world.told.push(`${human} makes a key of ${account.login}`)
    const body = { name: 'Export', scopes: [random.pick(['*', 'users:*'])] }
    const answer = await visitor.post('api-keys', body, token.secret)
    if (!judged(world.truth(token), answer)) return
    const { key: secret, id: of } = answer.body.data
    world.grant({ kind: 'key', secret, holder: human, account, of })
  },

  async rotatesKey(world, random) {
    const both = managed(world, random)
    if (!both) return
    const { token, key } = both
    const { holder } = token
    world.told.push(
      `${holder} rotates the key …${key.secret.slice(-6)} of ${key.account.login} as ${token.account.login}`,
    )
    const { visitor } = world.devices[0]!
    const answer = await visitor.post(`api-keys/${String(key.of)}/rotate`, undefined, token.secret)
    if (!judged(expectedOf(both, world), answer)) return
    world.endSession(key)
    const { account, of } = key
    world.grant({ kind: 'key', secret: answer.body.data.key, holder, account, of: of! })
  },

  async revokesKey(world, random) {
    const both = managed(world, random)
    if (!both) return
    const { token, key } = both
    world.told.push(
      `${token.holder} revokes the key …${key.secret.slice(-6)} of ${key.account.login} as ${token.account.login}`,
    )
    const { visitor } = world.devices[0]!
    const path = `auth/api-keys/${String(key.of)}`
    const answer = await visitor.call('DELETE', path, undefined, token.secret)
    if (judged(expectedOf(both, world), answer)) world.endSession(key)
  },

  /** Keys manage no keys, and nothing else that is a person's. */
  async actsAsPersonByKey(world, random) {
    const key = late(world.all('key'), random)
    if (!key) return
    const { visitor } = world.devices[0]!
    world.told.push(
      `${key.holder} tries what only people may do by the key …${key.secret.slice(-6)}`,
    )
    const tries = [
      ['api-keys', { name: 'Another', scopes: ['*'] }],
      [`api-keys/${String(key.of)}/rotate`, undefined],
      ['change-email', { email: world.spelled(random), password: key.account.password ?? 'none' }],
    ] as const
    for (const [path, body] of tries) judged('ended', await visitor.post(path, body, key.secret))
  },

  /** One that nobody was given. */
  async makesUp(world, random) {
    const one = late(world.held, random)
    if (!one || one.kind === 'refresh') return
    const { kind, secret } = one
    const at = secret.length - 10
    const other = secret[at] === 'A' ? 'B' : 'A'
    const wrong = `${secret.slice(0, at)}${other}${secret.slice(at + 1)}`
    world.told.push(`${one.holder} makes up a ${kind} from …${secret.slice(-6)}`)
    const { visitor } = world.devices[0]!
    if (kind === 'reset')
      judged('ended', await visitor.post('reset-password', { token: wrong, password: 'of nobody' }))
    else if (kind === 'code') {
      world.devices[0]!.code = null
      judged('ended', await visitor.post('google/tokens', { code: wrong }))
    } else judged('ended', await visitor.call('GET', 'users', undefined, wrong))
  },
}
