import { runSql } from '../ending.js'
import { heldBy, late, someone, type Step } from './by-password.js'
import { Fault, judged } from './judge.js'
import { normal, type Account, type World } from './model.js'

const rowOf = ({ key }: Account): string => `users/${encodeURIComponent(key)}`

/** Whoever calls without a token may do with rows what is right: how people sign in is what is attacked. */
const anybody = (world: World) => world.devices[0]!.visitor

const ENDS: Readonly<Record<string, (world: World, account: Account) => Promise<void>>> = {
  async 'by its address'(world, account) {
    judged('good', await anybody(world).call('DELETE', rowOf(account)))
  },
  async 'in bulk'(world, { login: email }) {
    judged('good', await anybody(world).call('DELETE', 'users/bulk', { where: { email } }))
  },
  async 'along with a team'(world, account) {
    const made = await anybody(world).call('POST', 'teams', { name: 'Its users go with it' })
    const teamId: string = made.body.data.id
    judged('good', await anybody(world).call('PATCH', rowOf(account), { teamId }))
    judged('good', await anybody(world).call('DELETE', `teams/${teamId}`))
  },
  async 'by SQL'({ app }, { login }) {
    await runSql(app, 'DELETE FROM "User" WHERE email = ?', login)
  },
}

const CREATES: readonly ((
  world: World,
  email: string,
) => ReturnType<ReturnType<typeof anybody>['call']>)[] = [
  (world, email) => anybody(world).call('POST', 'users', { email }),
  (world, email) => anybody(world).call('POST', 'users/bulk', { data: [{ email }] }),
  (world, email) =>
    anybody(world).call('POST', 'teams', { name: 'A team', users: { create: [{ email }] } }),
]

export const rows: Readonly<Record<string, Step>> = {
  async changesRow(world, random) {
    const { human, visitor } = someone(world, random)
    const token = heldBy(world, random, human, random.pick(['access', 'key']))
    if (!token) return
    const { account, secret } = token
    const email = random.chance(0.6) ? world.spelled(random) : undefined
    const suspended = random.chance(0.1)
    const how = random.pick(['PATCH', 'PUT', 'bulk'] as const)
    const data = { name: 'Another', suspended, ...(email !== undefined && { email }) }
    world.told.push(
      `${human} changes the row of ${account.login} by a token or key (${how}): ${JSON.stringify(data)}`,
    )
    // Whether a name may be sent along that stays the same is a matter of the way.
    const same = email !== undefined && normal(email) === normal(account.login)
    const allowed = email !== undefined && !same ? 'ended' : world.truth(token)
    const put = how === 'PUT' && email === undefined && !world.addressIsKey
    const complete = put ? { ...data, email: account.login } : data
    const answer =
      how === 'bulk'
        ? await visitor.call(
            'PATCH',
            'users/bulk',
            { where: { email: account.login }, data },
            secret,
          )
        : await visitor.call(how, rowOf(account), complete, secret)
    const expected = (same || put) && allowed === 'good' ? 'unclear' : allowed
    if (judged(expected, answer) && suspended) world.suspend(account, true)
  },

  async makesRow(world, random) {
    const email = random.chance(0.1) ? 'no address' : world.spelled(random)
    world.told.push(`somebody makes a row of ${email} that nobody signs in to`)
    if (!judged(world.free(email), await random.pick(CREATES)(world, email))) return
    const found = await anybody(world).call('POST', 'users/search', {
      where: { email: normal(email) },
    })
    const [row] = found.body.data
    if (row === undefined) throw new Fault(`the address is not kept as ${normal(email)}`)
    world.add(row.id ?? row.email, normal(email), [])
  },

  async deletesRow(world, random) {
    const account = late(world.live, random)
    if (!account) return
    const [how, remove] = random.pick(Object.entries(ENDS))
    world.told.push(`the row of ${account.login} is deleted ${how}`)
    await remove(world, account)
    world.remove(account)
  },

  /** The same key, where it is free; the same address, where it is. */
  async makesRowAnew(world, random) {
    const former = late(world.accounts, random)
    if (!former || world.live.some(({ key }) => key === former.key)) return
    const free = world.addresses.filter((it) => world.free(it) === 'good')
    const login = world.addressIsKey ? former.key : random.pick(free.length > 0 ? free : [''])
    if (login === '' || world.free(login) !== 'good') return
    world.told.push(`a row of the key ${former.key} is made anew by SQL, with ${login}`)
    if (world.addressIsKey) await runSql(world.app, 'INSERT INTO "User" (email) VALUES (?)', login)
    else {
      const sql = 'INSERT INTO "User" (id, email) VALUES (?, ?)'
      await runSql(world.app, sql, former.key, login)
    }
    world.add(former.key, login, [])
  },

  async suspends(world, random) {
    const account = late(world.live, random)
    if (!account) return
    const suspended = !account.suspended
    world.told.push(`${account.login} is ${suspended ? 'suspended' : 'back'}`)
    judged('good', await anybody(world).call('PATCH', rowOf(account), { suspended }))
    world.suspend(account, suspended)
  },

  /** In its normal form, or in another one, as rows from before have it. */
  async renamesBySql(world, random) {
    const account = late(world.live, random)
    const login = world.spelled(random)
    if (!account || world.form(login) !== 'good' || world.free(login) !== 'good') return
    world.told.push(`SQL changes the address of ${account.login} to ${login}`)
    await runSql(world.app, 'UPDATE "User" SET email = ? WHERE email = ?', login, account.login)
    account.login = login
    // A token to the former name is not good under another one; whether it is again under the former is not written.
    world.blur(account, 'reset')
    if (!world.addressIsKey) return
    account.key = login
    // What becomes of them where SQL changes a key is not written.
    world.blur(account, 'access', 'refresh', 'key', 'code')
  },
}
