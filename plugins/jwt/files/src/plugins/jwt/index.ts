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

/** Signing in and out, and passwords. */
export const endpoints: readonly Endpoint[] = [
  { method: 'GET', path: '/api/auth/me', handler: me },
  post('register', register),
  post('login', login),
  post('refresh', refresh),
  post('logout', logout),
  post('logout-everywhere', logoutEverywhere),
  post('change-password', changePassword),
  post('forgot-password', forgotPassword),
  post('reset-password', setForgottenPassword),
]
