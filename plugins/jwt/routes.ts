import type { PluginRoute } from '../../src/kit/index.js'

const post = (path: string, does: string): PluginRoute => ({
  method: 'POST',
  path: `/api/auth/${path}`,
  does,
})

/** @param change where another name to sign in by is set, below `/api/auth` */
export const routes = (change: string): readonly PluginRoute[] => [
  post('register', 'makes an account and signs in'),
  post('login', 'signs in'),
  post('refresh', 'changes a refresh token for new tokens'),
  post('logout', 'signs out on this device'),
  post('logout-everywhere', 'signs out on every device'),
  post('change-password', 'sets another password for who knows the present one'),
  post(change, 'sets another name to sign in by for who knows the password'),
  post('forgot-password', 'has a token sent to who forgot theirs'),
  post('reset-password', 'sets another password for who got that token'),
  { method: 'GET', path: '/api/auth/me', does: 'the row of who is signed in' },
]
