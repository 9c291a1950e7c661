import { definePack, copy, render } from '../../src/kit/index.js'
import { usersView } from './users-view.js'
import { signInUser } from './user.js'

/** Plugins that let people in; whichever they are, a user is the same row. */
const AUTH_PLUGINS = new Set(['jwt', 'api-key', 'google', 'nextauth'])

/** What every way to sign in needs: the users, and texts that nobody can guess. */
export const pack = definePack({
  id: 'auth',
  needs: ['base'],
  when: ({ plugins }) => plugins.some(({ id }) => AUTH_PLUGINS.has(id)),
  contribute(app) {
    const has = (plugin: string): boolean => app.plugins.some(({ id }) => id === plugin)
    const jwt = has('jwt')
    const ways = { google: has('google'), apiKey: has('api-key') }
    return {
      files: [
        render('src/auth/users.ts', { ...usersView(signInUser(app), app), jwt }),
        copy('src/auth/random-token.ts'),
        ...(jwt ? [render('src/auth/ways-in.ts', ways)] : []),
      ],
    }
  },
})
