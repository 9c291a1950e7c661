import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTarget, type RunningApp } from '../contract/harness.js'
import { servers, type TestDatabase } from './servers.js'

const SLEEP = { postgresql: 'SELECT pg_sleep(2)::text AS slept', mysql: 'SELECT SLEEP(2)' } as const
const LIMITS = [300, 0] as const

const schemaFor = (provider: keyof typeof SLEEP): string => `generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
}
datasource db {
  provider = "${provider}"
}
model Note {
  id   Int    @id @default(autoincrement())
  text String
}
`

/** A route whose statement takes two seconds, alone and in a transaction. */
const slowRoutes = (statement: string): string => `
import { prisma } from '../../db.js'
import { defineRoutes } from '../../http/custom.js'
import { ok } from '../../http/respond.js'

const slow = (db: Pick<typeof prisma, '$queryRawUnsafe'>) => db.$queryRawUnsafe('${statement}')

defineRoutes('Note', (route) => [
  route({ method: 'GET', path: '/slow', summary: 'Sleep', handler: async () => {
    await slow(prisma)
    return ok({})
  } }),
  route({ method: 'GET', path: '/slow-transaction', summary: 'Sleep', handler: async () => {
    await prisma.$transaction(async (db) => {
      await db.note.create({ data: { text: 'undone' } })
      await slow(db)
    })
    return ok({})
  } }),
])
`

describe.each(['postgresql', 'mysql'] as const)('%s', (provider) => {
  describe.each(LIMITS)('%i ms', (limit) => {
    let database: TestDatabase
    let app: RunningApp
    const get = (path: string): Promise<Response> => fetch(`${app.url}/api/notes${path}`)

    beforeAll(async () => {
      database = await servers[provider].makeDatabase()
      app = await startTarget({
        ...{ framework: 'fastify', mode: 'registry', provider, databaseUrl: database.url },
        schema: schemaFor(provider),
        env: { QUERY_TIMEOUT_MS: String(limit) },
        edit: (root) =>
          writeFile(join(root, 'src/registry/custom/note.custom.ts'), slowRoutes(SLEEP[provider])),
      })
    })
    afterAll(async () => {
      await app?.stop()
      await database?.remove()
    })

    it.each(['/slow', '/slow-transaction'])('%s is ended where there is a limit', async (path) => {
      const started = performance.now()
      const response = await get(path)
      const ms = performance.now() - started
      const { code } = (await response.json()) as { code?: string }
      const ended = { status: 503, code: 'query_timeout' }
      expect({ status: response.status, code }).toEqual(limit > 0 ? ended : { status: 200 })
      expect(ms < 1900).toBe(limit > 0)
      const { meta } = (await (await get('')).json()) as { meta: { total: number } }
      // What the transaction had written is undone with it.
      const written = limit === 0 && path === '/slow-transaction' ? 1 : 0
      expect(meta.total).toBe(written)
    })
  })
})
