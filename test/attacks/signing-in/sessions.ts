import type { Attack } from '../attack.js'
import { edit, ipv4, Person, works } from './person.js'

const sessionsUnread = edit(
  'authenticate',
  'const session = claims && (await findSession(claims.sessionId))',
  'const session = claims && ({ ...claims, id: claims.sessionId } as never as JwtSession)',
)
/** Sessions: who is out must be out. */
export const sessions: readonly Attack[] = [
  {
    id: 'E28',
    name: 'signs a token by no algorithm',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      const claims = person.accessToken.split('.')[1]
      const header = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')
      return works(await person.me(`${header}.${claims}.x`))
    },
    defenceOff: () => [
      edit('access-token', 'import { errors, jwtVerify,', 'import { decodeJwt, errors,'),
      edit(
        'access-token',
        'const { payload } = await jwtVerify(token, key, {',
        'const payload = decodeJwt(token)\n    void ({',
      ),
    ],
  },
  {
    id: 'E28',
    name: 'goes on with an access token after logout',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      await person.post('logout', undefined, person.bearer())
      return works(await person.me())
    },
    defenceOff: () => [sessionsUnread],
  },
  {
    id: 'E28',
    name: 'goes on with an access token after the password was changed',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      await person.changePassword()
      return works(await person.me())
    },
    defenceOff: () => [sessionsUnread],
  },
  {
    id: 'E28',
    name: 'goes on with a refresh token after the password was changed',
    succeeds: async (victim) => {
      const { refreshToken, ...person } = await Person.registered(victim)
      await person.changePassword()
      return works(
        await victim.send(
          'POST',
          '/api/auth/refresh',
          { refreshToken },
          { 'x-forwarded-for': ipv4() },
        ),
      )
    },
    defenceOff: () => [
      edit(
        'credentials',
        'await db.jwtSession.deleteMany({ where: { userId } })\n  if (revokeKeys)',
        'if (revokeKeys)',
      ),
    ],
  },
  {
    id: 'E28',
    name: 'goes on after being suspended',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      const { body } = await person.me()
      await victim.send('PATCH', `/api/users/${body.data.id}`, { suspended: true })
      return works(await person.me())
    },
    defenceOff: () => [
      {
        file: 'src/auth/users.ts',
        find: 'findUnique({ where: { id, ...active() } })',
        replace: 'findUnique({ where: { id } })',
      },
    ],
  },
  {
    id: 'E28',
    name: 'uses a stolen refresh token after its owner did',
    succeeds: async (victim) => {
      const person = await Person.registered(victim)
      const stolen = person.refreshToken
      await person.post('refresh', { refreshToken: stolen })
      return works(await person.post('refresh', { refreshToken: stolen }))
    },
    defenceOff: () => [
      edit('sessions', 'if (sameHash(session.tokenHash, hashToken(token))) return', 'return'),
    ],
  },
]
