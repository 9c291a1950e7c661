import type { Credential, Truth, World } from './model.js'

/** Something that the documents do not allow. */
export class Fault extends Error {}

/** The app counts too many attempts: the step is none. */
export class Limited extends Error {}

/**
 * Was it accepted, and should it have been?
 * @throws Fault where not
 * @throws Limited where the app did not look at it
 */
export function judged(
  expected: Truth,
  { status, body }: { readonly status: number; readonly body: unknown },
): boolean {
  if (status === 429) throw new Limited()
  const accepted = status < 400
  const answer = `${status} ${JSON.stringify(body)}`
  if (status >= 500) throw new Fault(`fails: ${answer}`)
  if (expected === 'good' && !accepted) throw new Fault(`refused, though it is good: ${answer}`)
  if (expected === 'ended' && accepted)
    throw new Fault(`accepted, though it is not good: ${answer}`)
  return accepted
}

/** Shows every access token and key that anybody ever had to the app. @throws Fault where one is not what it must be */
export async function checkAll(world: World): Promise<void> {
  await Promise.all([...world.all('access'), ...world.all('key')].map((it) => check(world, it)))
}

/** @throws Fault where it is not good and should be, or the other way round, or lets its holder act as another */
async function check(world: World, credential: Credential): Promise<void> {
  const { kind, secret, holder, account } = credential
  const what = `${holder}'s ${kind} ${secret.slice(-6)} of ${account.login}`
  const path = `users/${encodeURIComponent(account.key)}`
  const { status, body } = await world.devices[0]!.visitor.call('GET', path, undefined, secret)
  const accepted = status !== 401
  const truth = world.truth(credential)
  if (status >= 500) throw new Fault(`${what} fails: ${status}`)
  if (accepted && truth === 'ended') throw new Fault(`${what} is good, though it has ended`)
  if (!accepted && truth === 'good')
    throw new Fault(`${what} is no longer good, though it has not ended`)
  if (!accepted) return
  // The column is there for the user alone whose row it is.
  if (body?.data?.own !== true) throw new Fault(`${what} is taken for another user's`)
  if (!account.owners.has(holder)) throw new Fault(`${what} lets ${holder} act as another`)
}
