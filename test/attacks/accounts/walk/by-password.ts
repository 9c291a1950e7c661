import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from '../../../search/random.js'
import { Fault, judged } from './judge.js'
import {
  normal,
  passwordsOf,
  type Account,
  type Credential,
  type Device,
  type Human,
  type World,
} from './model.js'
import { OUTBOX } from './outbox.js'

/** One thing that somebody does; what there is to choose, chance chooses. */
export type Step = (world: World, random: Random) => Promise<void>

/** One of a list, mostly a late one: which one it is does not change when something before it is left out. */
export function late<T>(list: readonly T[], random: Random): T | undefined {
  let back = 0
  while (back < 6 && random.chance(0.4)) back++
  return list[Math.max(0, list.length - 1 - back)]
}

/** Something that somebody holds: mostly what is good. */
export function heldBy(
  world: World,
  random: Random,
  human: Human,
  kind: Credential['kind'],
): Credential | undefined {
  const all = world.all(kind, human)
  const good = all.filter((it) => world.truth(it) === 'good')
  return late(good.length > 0 && random.chance(0.7) ? good : all, random)
}

/** An address that somebody gives: mostly one that an account has. */
const given = (world: World, random: Random): string =>
  (random.chance(0.6) ? late(world.live, random)?.login : undefined) ?? world.spelled(random)

/** The row that was made for an address. @throws Fault where none has it */
export async function appeared(
  world: World,
  address: string,
  owners: readonly Human[],
): Promise<Account> {
  const login = normal(address)
  const body = { where: { email: login } }
  const found = await world.devices[0]!.visitor.call('POST', 'users/search', body)
  const [row] = found.body.data
  if (row === undefined) throw new Fault(`nobody has the address ${login}`)
  return world.add(row.id ?? row.email, login, owners)
}

export async function logIn(
  world: World,
  { human, name, visitor }: Device,
  address: string,
  password: string,
): Promise<void> {
  world.told.push(`${human} logs in as ${address} by '${password}' in ${name}`)
  const account = world.find(address)
  const right = account !== undefined && account.password === password
  const answer = await visitor.logIn(address, password)
  if (judged(right ? 'good' : 'ended', answer)) world.signIn(account!, human, answer.body.data)
}

export async function refresh(
  world: World,
  { visitor }: Device,
  credential: Credential,
): Promise<void> {
  const { holder, secret, account, of, state } = credential
  world.told.push(`${holder} refreshes a session of ${account.login} by …${secret.slice(-6)}`)
  const answer = await visitor.post('refresh', { refreshToken: secret })
  const accepted = judged(world.truth(credential), answer)
  // One that comes a second time ends the session.
  if (state === 'ended') world.endSession(credential)
  if (!accepted) return
  credential.state = 'ended'
  world.signIn(account, holder, answer.body.data, of as object)
}

export async function reset(
  world: World,
  { visitor }: Device,
  credential: Credential,
  password: string,
  revokeKeys: boolean,
): Promise<void> {
  const { holder, secret, account, sentTo } = credential
  const keys = revokeKeys ? ', and ends the keys' : ''
  world.told.push(
    `${holder} sets '${password}' by the message …${secret.slice(-6)} to ${sentTo}${keys}`,
  )
  const answer = await visitor.post('reset-password', { token: secret, password, revokeKeys })
  if (!judged(world.truth(credential), answer)) return
  world.resetPassword(account, holder, password, revokeKeys)
}

/** Who somebody is, and the browser in use. */
export const someone = (world: World, random: Random): Device => random.pick(world.devices)

export const byPassword: Readonly<Record<string, Step>> = {
  async registers(world, random) {
    const { human, name, visitor } = someone(world, random)
    const email = random.chance(0.05) ? 'no address' : world.spelled(random)
    const password = random.pick(passwordsOf(human))
    world.told.push(`${human} registers ${email} with '${password}' in ${name}`)
    const answer = await visitor.post('register', { email, password })
    if (!judged(world.free(email), answer)) return
    const account = await appeared(world, email, [human])
    account.password = password
    world.signIn(account, human, answer.body.data)
  },

  async logsIn(world, random) {
    const device = someone(world, random)
    await logIn(world, device, given(world, random), random.pick(passwordsOf(device.human)))
  },

  async refreshes(world, random) {
    const device = someone(world, random)
    const token = heldBy(world, random, device.human, 'refresh')
    if (token) await refresh(world, device, token)
  },

  async logsOut(world, random) {
    const { human, visitor } = someone(world, random)
    const kind = random.pick(['refresh', 'access'] as const)
    const token = heldBy(world, random, human, kind)
    if (!token) return
    world.told.push(`${human} logs out of ${token.account.login} by the ${kind} token`)
    if (kind === 'refresh') {
      // The answer to a token that is not good is not written; a used one ends the session, too.
      judged('unclear', await visitor.post('logout', { refreshToken: token.secret }))
      world.endSession(token)
    } else if (judged(world.truth(token), await visitor.post('logout', undefined, token.secret)))
      world.endSession(token)
  },

  async logsOutEverywhere(world, random) {
    const { human, visitor } = someone(world, random)
    const token = heldBy(world, random, human, 'access')
    if (!token) return
    world.told.push(`${human} logs out of ${token.account.login} everywhere`)
    const answer = await visitor.post('logout-everywhere', undefined, token.secret)
    if (!judged(world.truth(token), answer)) return
    world.endOf(token.account, 'access', 'refresh')
    world.blur(token.account, 'code')
  },

  async changesPassword(world, random) {
    const { human, visitor } = someone(world, random)
    const token = heldBy(world, random, human, 'access')
    if (!token) return
    const { account, secret } = token
    const [currentPassword, newPassword] = random.shuffled(passwordsOf(human)) as [string, string]
    const revokeKeys = random.chance(0.3)
    const keys = revokeKeys ? ', and ends the keys' : ''
    world.told.push(
      `${human} changes the password of ${account.login} from '${currentPassword}' to '${newPassword}'${keys}`,
    )
    const right = account.password === currentPassword
    const body = { currentPassword, newPassword, revokeKeys }
    const answer = await visitor.post('change-password', body, secret)
    if (!judged(right ? world.truth(token) : 'ended', answer)) return
    world.setPassword(account, newPassword, revokeKeys)
    world.signIn(account, human, answer.body.data)
  },

  async changesEmail(world, random) {
    const { human, visitor } = someone(world, random)
    const token = heldBy(world, random, human, 'access')
    if (!token) return
    const { account, secret } = token
    const email = world.spelled(random)
    const known = passwordsOf(human).find((it) => it === account.password)
    const password = random.chance(0.8) ? known : random.pick([...passwordsOf(human), undefined])
    world.told.push(
      `${human} changes the address of ${account.login} to ${email} ${password ? `by '${password}'` : 'without a password'}`,
    )
    // Who has none has signed in within ten minutes: a walk takes no longer.
    const right = account.password === (password ?? null)
    const may = right && world.truth(token) !== 'ended' ? world.free(email, account) : 'ended'
    const expected = may === 'good' ? world.truth(token) : may
    const answer = await visitor.post(
      'change-email',
      { email, ...(password && { password }) },
      secret,
    )
    if (!judged(expected, answer)) return
    account.login = normal(email)
    if (world.addressIsKey) account.key = account.login
    world.endOf(account, 'access', 'refresh', 'reset')
    world.blur(account, 'code')
    world.signIn(account, human, answer.body.data)
  },

  async forgets(world, random) {
    const { human, visitor } = someone(world, random)
    const email = given(world, random)
    world.told.push(`${human} says that the password of ${email} is forgotten`)
    const account = world.find(email)
    const before = (await outbox(world)).length
    // What is no address is a mistake of the body.
    judged('unclear', await visitor.post('forgot-password', { email }))
    if (!account) return
    const secret = await delivered(world, account.login, before)
    world.endOf(account, 'reset')
    const sentTo = account.login
    world.grant({ kind: 'reset', secret, holder: world.ownerOf(sentTo), account, sentTo })
  },

  async resets(world, random) {
    const device = someone(world, random)
    const token = heldBy(world, random, device.human, 'reset')
    if (!token) return
    await reset(world, device, token, random.pick(passwordsOf(device.human)), random.chance(0.3))
  },
}

const outbox = ({ app }: World): Promise<string> =>
  readFile(join(app.root, 'app', OUTBOX), 'utf8').catch(() => '')

/** What comes to a mailbox. @throws Fault where nothing does */
async function delivered(world: World, login: string, before: number): Promise<string> {
  for (let tries = 0; tries < 500; tries++) {
    const lines = (await outbox(world)).slice(before).split('\n').slice(0, -1)
    const message = lines.map((line) => line.split(' ')).find(([to]) => to === login)
    if (message) return message[1]!
    await sleep(5)
  }
  throw new Fault(`no message comes to ${login}`)
}
