/** `npm run api-key -- ada@example.com "Nightly export" posts:read tags:*`: makes a key where nobody is signed in. */
import { findAccountByLogin } from '../../auth/users.js'
import { closeDatabase } from '../../db.js'
import { createKey } from './keys.js'
import { isScope } from './scopes.js'

const [login = '', name = '', ...scopes] = process.argv.slice(2)

/** @throws Error that says what is wrong with the arguments */
async function create(): Promise<string> {
  if (name === '' || scopes.length === 0) {
    throw new Error('Say whose the key is, what it is called, and its scopes.')
  }
  const wrong = scopes.find((scope) => !isScope(scope))
  if (wrong !== undefined) {
    throw new Error(`'${wrong}' is no scope: *, or a resource with read, write or *.`)
  }
  const account = await findAccountByLogin(login)
  if (!account) throw new Error(`Nobody signs in as '${login}'.`)
  return (await createKey(account.id, { name, scopes, expiresAt: null })).key
}

try {
  console.log(await create())
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await closeDatabase()
}
