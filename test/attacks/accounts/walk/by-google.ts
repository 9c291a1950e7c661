import type { Random } from '../../../search/random.js'
import { provider, PUBLIC } from '../app.js'
import { appeared, late, someone, type Step } from './by-password.js'
import { judged } from './judge.js'
import {
  normal,
  type Account,
  type Credential,
  type Device,
  type Truth,
  type World,
} from './model.js'

/** Someone with an account at Google, who comes with a browser of his own. */
function comer(world: World, random: Random) {
  const device = someone(world, random)
  const mine = world.google.filter(({ human }) => human === device.human)
  return { device, person: provider.people.get(random.pick(mine).sub)! }
}

/** Whether somebody may come in who comes from Google, and as whom if that is somebody already. */
function welcome(
  world: World,
  { sub, email, email_verified: verified }: ReturnType<typeof comer>['person'],
): { readonly expected: Truth; readonly account: Account | undefined } {
  const known = world.identities.get(sub)
  const account = known ?? world.find(email)
  if (account?.suspended || (!known && !verified)) return { expected: 'ended', account }
  const form = account ? world.form(email) : world.free(email)
  return { expected: known ? 'good' : form, account }
}

/** At Google a browser is one person at a time. */
function become({ device, person: { sub } }: ReturnType<typeof comer>): void {
  if (device.at !== sub) device.visitor.browser.forget(provider.issuer)
  device.at = sub
}

/** Goes to Google and comes back. */
async function comeBack(world: World, { device, person }: ReturnType<typeof comer>): Promise<void> {
  const { human, name, visitor } = device
  const { sub, email, email_verified: verified } = person
  const proof = verified ? 'verified' : 'unverified'
  world.told.push(`${human} comes back from Google as ${sub} (${email}, ${proof}) in ${name}`)
  const { expected, account: existing } = welcome(world, person)
  become({ device, person })
  device.code = null
  const answer = await visitor.comeBack(person)
  if (!judged(expected, answer)) return
  const account = existing ?? (await appeared(world, email, [human]))
  if (existing && world.identities.get(sub) !== account) world.takeOver(account, human)
  world.identities.set(sub, account)
  world.proven.set(sub, verified ? normal(email) : '')
  const secret: string = answer.body.data.code
  device.code = secret
  world.grant({ kind: 'code', secret, holder: human, account, device, of: sub })
}

/** Shows a code to the app. */
export async function redeem(world: World, device: Device, code: Credential): Promise<void> {
  const { secret, account, holder } = code
  world.told.push(
    `${device.human} redeems ${holder}'s code …${secret.slice(-6)} for ${account.login} in ${device.name}`,
  )
  const own = code.device === device
  const truth = own ? world.truth(code) : 'ended'
  // Whether a browser keeps more than its last code, or one after a refusal, is not written.
  const expected = truth === 'good' && device.code !== secret ? 'unclear' : truth
  const answer = await device.visitor.post('google/tokens', { code: secret })
  device.code = null
  const accepted = judged(expected, answer)
  code.state = accepted || code.state === 'ended' ? 'ended' : 'unclear'
  if (accepted) world.signIn(account, device.human, answer.body.data)
}

export const byGoogle: Readonly<Record<string, Step>> = {
  async comesFromGoogle(world, random) {
    await comeBack(world, comer(world, random))
  },

  async signsInByGoogle(world, random) {
    const one = comer(world, random)
    await comeBack(world, one)
    const code = world.held.at(-1)
    if (code && code.secret === one.device.code) await redeem(world, one.device, code)
  },

  async redeems(world, random) {
    const code = late(world.all('code'), random)
    if (code) await redeem(world, random.chance(0.5) ? someone(world, random) : code.device!, code)
  },

  /** A link with his own answer of Google, for the browser of another. */
  async finishesAnothersWay(world, random) {
    const { device, person } = comer(world, random)
    const other = random.pick(world.devices.filter((it) => it !== device))
    world.told.push(
      `${other.human} finishes in ${other.name} what ${device.human} began at Google in ${device.name}`,
    )
    become({ device, person })
    const begin = `${PUBLIC}/api/auth/google`
    const back = await device.visitor.browser.throughGoogle(begin, person.sub)
    device.code = null
    if (random.chance(0.5)) await other.visitor.browser.request(begin)
    other.code = null
    const { pathname, search } = new URL(back)
    judged('ended', await other.visitor.call('GET', `${pathname.slice('/api/'.length)}${search}`))
  },

  /** Google has verified nothing that is not the mailbox of that human. */
  async changesAtGoogle(world, random) {
    const { human, sub } = random.pick(world.google)
    const email = world.spelled(random)
    const verified = world.ownerOf(email) === human && random.chance(0.8)
    const person = { ...provider.people.get(sub)!, email, email_verified: verified }
    world.told.push(
      `${human}'s address at Google for ${sub} is ${email} now, verified: ${verified}`,
    )
    provider.people.set(sub, person)
  },
}
