import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { RunningApp } from '../../contract/harness.js'
import type { Edit } from '../../support/app-edits.js'
import { newPerson, provider } from './app.js'
import type { Scenario } from './scenario.js'
import { newAddress, OTHER, Visitor, type Row } from './visitor.js'

/** Every way in which the row of a user can go. */
const ENDS: Readonly<
  Record<string, (app: RunningApp, root: Visitor, row: Row) => Promise<unknown>>
> = {
  'is deleted': (_, root, { id, email }) => root.call('DELETE', `users/${id ?? email}`),
  'is deleted in bulk': (_, root, { email }) =>
    root.call('DELETE', 'users/bulk', { where: { email } }),
  'goes with another row': async (_, root, { id, email }) => {
    const { body } = await root.call('POST', 'teams', { name: 'Its users go with it' })
    await root.call('PATCH', `users/${id ?? email}`, { teamId: body.data.id })
    await root.call('DELETE', `teams/${body.data.id}`)
  },
  'is deleted by SQL': async (app, _, { email }) =>
    runSql(app, 'DELETE FROM "User" WHERE email = ?', email),
}

/** Its tables are taken for the user's own. */
const withoutForeignKeys = (plugin: string): Edit => ({
  file: `prisma/${plugin}.prisma`,
  find: '// Tables of the plugin',
  replace: '// Tables of',
})

/** Ends an account, and starts one with the same key. */
export const ending: readonly Scenario[] = Object.entries(ENDS).map(([how, end]): Scenario => ({
  name: `what a user had is good after his row ${how}, and one with the same key is there`,
  succeeds: async (app) => {
    const [mallory, victim] = [new Visitor(app), new Visitor(app)]
    const person = newPerson()
    const { accessToken: google } = await mallory.signInByGoogle(person)
    const row = (await mallory.is(google))!
    const password = await mallory.forgot(person.email)
    await mallory.post('reset-password', { token: password, password: OTHER })
    const { accessToken, refreshToken } = (await mallory.logIn(person.email, OTHER)).body.data
    const key = await mallory.key(accessToken)
    const { code } = (await mallory.comeBack(person)).body.data
    const token = await mallory.forgot(person.email)
    await end(app, mallory, row)
    await beginAnew(app, victim, row)
    const left = {
      session: (await mallory.is(accessToken)) !== null,
      key: (await mallory.is(key)) !== null,
      refresh: (await mallory.post('refresh', { refreshToken })).status === 200,
      reset: (await mallory.post('reset-password', { token, password: OTHER })).status === 204,
      password: (await mallory.logIn(person.email, OTHER)).status === 200,
      code: (await mallory.post('google/tokens', { code })).status === 200,
      ...(await identityLeft(mallory, person)),
    }
    return Object.values(left).includes(true)
  },
  defenceOff: ['jwt', 'google', 'api-key'].map(withoutForeignKeys),
}))

/** Somebody gets the same key: where it is the address, by registering; else by SQL. */
async function beginAnew(app: RunningApp, victim: Visitor, { id, email }: Row): Promise<void> {
  if (id === undefined) await victim.register(email)
  else await runSql(app, 'INSERT INTO "User" (id, email) VALUES (?, ?)', id, email)
}

/** Does the holder of an account at Google, whose address is another by now, come to the user of the same key? */
async function identityLeft(mallory: Visitor, person: ReturnType<typeof newPerson>) {
  provider.people.set(person.sub, { ...person, email: newAddress() })
  const { accessToken } = await mallory.signInByGoogle(person)
  return { identity: (await mallory.is(accessToken))?.email === person.email }
}

/** What somebody does who knows the database. */
export async function runSql({ root }: RunningApp, sql: string, ...args: readonly string[]) {
  const { createClient } = createRequire(join(root, 'app', 'package.json'))('@libsql/client')
  const client = createClient({ url: `file:${join(root, 'app', 'data', 'test.db')}` })
  await client.execute('PRAGMA foreign_keys = ON')
  await client.execute({ sql, args })
  client.close()
}
