import { readFile } from 'node:fs/promises'
import { exampleSchema } from '../../src/config.js'
import { loadSchema } from '../../src/schema/load.js'
import type { Person } from '../policies/oracle.js'
import type { Scene } from '../policies/scene.js'
import { tried } from './tried.js'
import { PEOPLE, WORLD } from './world.js'

const text = await readFile(exampleSchema('saas'), 'utf8')

/** The example `saas`, with people who sign in as the plugins have it. */
export const scene: Scene = {
  schema: await loadSchema({ files: [{ path: 'schema.prisma', content: text }] }),
  text,
  world: WORLD,
  people: PEOPLE,
  tried,
  plugins: ['api-key', 'jwt'],
  env: { JWT_SECRET: 'secret-of-the-tests-and-of-nothing-else', JWT_ACCESS_MINUTES: '60' },
  edits: [],
  kept: ['jwtSession', 'authApiKey'],
  // Tokens and keys without passwords, which take their time.
  endpoints: {
    imports: `import { createKey } from './plugins/api-key/keys.js'
import { signAccessToken } from './plugins/jwt/access-token.js'
`,
    list: `  {
    method: 'POST',
    path: '/test/sign-in',
    handler: async ({ body }) => {
      const { id: userId, via } = body as Row
      if (via === 'ApiKey') {
        const { key } = await createKey(userId, { name: 'test', scopes: ['*'], expiresAt: null })
        return { status: 200, body: { 'x-api-key': key } }
      }
      const now = new Date()
      const session = await prisma.jwtSession.create({
        data: {
          ...{ userId, familyHash: userId, tokenHash: userId, refreshedAt: now },
          expiresAt: new Date(now.getTime() + 86_400_000),
        },
      })
      const token = await signAccessToken({ userId, sessionId: session.id })
      return { status: 200, body: { authorization: 'Bearer ' + token } }
    },
  },
`,
  },
  async signIn({ url }) {
    const headers = new Map<string, Record<string, string>>()
    for (const who of PEOPLE.filter((it): it is Person => it !== null)) {
      const answer = await fetch(`${url}/test/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ id: who.id, via: who.via }),
      })
      if (!answer.ok) throw new Error(`${who.name} can't sign in: ${await answer.text()}`)
      headers.set(who.id, (await answer.json()) as Record<string, string>)
    }
    return ({ id }) => headers.get(id)!
  },
}
