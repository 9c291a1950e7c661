import type { AppView } from '../../src/kit/index.js'
import { isEmail, signInUser, type Column } from './user.js'

/** Plugins that let people in; whichever they are, a user is the same row. */
const AUTH_PLUGINS = new Set(['jwt', 'api-key', 'google', 'nextauth'])

/** True for an app with users who sign in. */
export const signsIn = ({ plugins }: Pick<AppView, 'plugins'>): boolean =>
  plugins.some(({ id }) => AUTH_PLUGINS.has(id))

/** The column that holds what people sign in by, as far as those need it who write columns. */
export type LoginColumn = {
  readonly model: string
  readonly field: string
  /** True where it has an endpoint of its own, so that no other one changes it. */
  readonly changedApart: boolean
}

/** The column by which people sign in to an app; null where nobody does. */
export function loginColumn(app: AppView): LoginColumn | null {
  if (!signsIn(app)) return null
  const { model, login } = signInUser(app)
  const changedApart = app.plugins.some(({ id }) => id === 'jwt')
  return { model: model.name, field: login.name, changedApart }
}

/** The endpoint that changes it, below `/api/auth`: `change-email`. */
export const changePath = ({ name }: Column): string =>
  `change-${name
    .replaceAll(/(?<=[a-z\d])[A-Z]/g, '-$&')
    .replaceAll('_', '-')
    .toLowerCase()}`

/** Code of what such a name must look like. */
export const loginSchema = (login: Column): string =>
  isEmail(login) ? 'z.email().max(254)' : 'z.string().min(1).max(254)'
