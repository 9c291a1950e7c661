import { describe, expect, it, onTestFinished } from 'vitest'
import { startTarget, undefended, type RunningApp, type Target } from '../contract/harness.js'
import { oneKind, type Combination } from '../examples/combinations.js'
import { applyEdits, type Edit } from '../support/app-edits.js'

const SCHEMA = `datasource db {
  provider = "sqlite"
}

/// @@policy(read, rule: "id == user.id")
/// @@policy(read, rule: "hasRole('admin')", fields: [reputation])
model User {
  id         Int    @id @default(autoincrement())
  email      String @unique
  role       String @default("user")
  reputation Int    @default(4711)
}
`

const CONTROL: Edit = {
  file: 'src/plugins/jwt/account.ts',
  find: "return ok(serialize('User', row)",
  replace: "return ok(serialize('User', account.row)",
}

const targetOf = (kind: Combination, edits: readonly Edit[] = []): Target => ({
  ...kind,
  ...{ provider: 'sqlite', plugins: ['jwt'], schema: SCHEMA },
  env: { JWT_SECRET: 'a secret of the tests and of nothing else' },
  edit: (root) => applyEdits(root, edits),
})

/** What somebody is told of himself once he has registered. */
async function askMe({ url }: RunningApp): Promise<{ status: number; data: unknown }> {
  const registered = await fetch(`${url}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ada@example.com', password: 'a meadow in the fog' }),
  })
  expect(registered.status).toBe(201)
  const { data } = (await registered.json()) as { data: { accessToken: string } }
  const headers = { authorization: `Bearer ${data.accessToken}` }
  const response = await fetch(`${url}/api/auth/me`, { headers })
  return { status: response.status, ...((await response.json()) as { data: unknown }) }
}

describe.each(oneKind())(
  'A8: one asks who he is, to see columns that are for others: $framework, $mode',
  (kind) => {
    it('and sees the others', async () => {
      const app = await startTarget(targetOf(kind))
      onTestFinished(async () => expect(await app.stop()).toBe(0))
      expect(await askMe(app)).toEqual({
        status: 200,
        data: { id: 1, email: 'ada@example.com', role: 'user' },
      })
    })

    it('undefended: the row that is read to sign him in has them', () =>
      undefended(targetOf(kind, [CONTROL]), async (app) => {
        expect((await askMe(app)).data).toHaveProperty('reputation', 4711)
      }))
  },
)
