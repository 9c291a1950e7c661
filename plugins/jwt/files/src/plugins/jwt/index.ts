import type { Endpoint } from '../../http/route.js'
import { changePassword, forgotPassword, me, setForgottenPassword } from './account.js'
import { login, logout, logoutEverywhere, refresh, register } from './sign-in.js'

export { authenticate } from './authenticate.js'
export { openApi } from './open-api.js'

const post = (path: string, handler: Endpoint['handler']): Endpoint => ({
  method: 'POST',
  path: `/api/auth/${path}`,
  handler,
})

/** These are asked when the access token is no longer good; it may still be sent along. */
const open = (path: string, handler: Endpoint['handler']): Endpoint => ({
  ...post(path, handler),
  open: true,
})

/** Signing in and out, and passwords. */
export const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/api/auth/me', handler: me },
  open('register', register),
  open('login', login),
  open('refresh', refresh),
  open('logout', logout),
  post('logout-everywhere', logoutEverywhere),
  post('change-password', changePassword),
  open('forgot-password', forgotPassword),
  open('reset-password', setForgottenPassword),
]
