import { copy, definePack, literal, render } from '../../src/kit/index.js'
import { loginColumn, loginSchema, changePath, signsIn } from './login.js'
import { usersView } from './users-view.js'
import { signInUser } from './user.js'

/** What every way to sign in needs: the users, and texts that nobody can guess. */
export const pack = definePack({
  id: 'auth',
  needs: ['base'],
  when: signsIn,
  contribute(app) {
    const has = (plugin: string): boolean => app.plugins.some(({ id }) => id === plugin)
    const user = signInUser(app)
    const jwt = has('jwt')
    const ways = { google: has('google'), apiKey: has('api-key') }
    return {
      files: [
        render('src/auth/users.ts', { ...usersView(user, app), jwt }),
        render('src/auth/login.ts', {
          model: literal(user.model.name),
          field: literal(user.login.name),
          member: user.login.name,
          loginSchema: loginSchema(user.login),
          changedApart: loginColumn(app)?.changedApart === true,
          endpoint: changePath(user.login),
        }),
        copy('src/auth/random-token.ts'),
        ...(jwt ? [render('src/auth/ways-in.ts', ways)] : []),
      ],
    }
  },
})
