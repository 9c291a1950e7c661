import { literal, type AppView } from '../../src/kit/index.js'
import { activeConditions } from './suspension.js'
import type { Column, SignInUser } from './user.js'

/** What `src/auth/users.ts` prints. */
export function usersView(user: SignInUser, { schema }: AppView): object {
  const { model, view, key, login, required } = user
  const hidden = view.fields.filter(({ visible }) => !visible).map(({ name }) => literal(name))
  return {
    model: model.name,
    delegate: view.delegate,
    key: key.name,
    whereKey: key.name === 'id' ? 'id' : `${key.name}: id`,
    login: login.name,
    loginOf: `row.${login.name}${login.required ? '' : " ?? ''"}`,
    row: hidden.length === 0 ? 'Row' : `Omit<Row, ${hidden.join(' | ')}>`,
    hidden: hidden.length > 0,
    required: required.map(({ name }) => literal(name)).join(' | ') || null,
    conditions: activeConditions(schema, user.suspensions),
    nobody: nobodyOf(key),
  }
}

/** An id that no user has, or that at least proves nothing: for a query that takes as long as any. */
function nobodyOf({ type, nativeType }: Column): string {
  if (type === 'Int') return '0'
  if (type === 'BigInt') return '0n'
  return nativeType !== null && /^(uuid|uniqueidentifier)$/i.test(nativeType.name)
    ? "'00000000-0000-0000-0000-000000000000'"
    : "''"
}
