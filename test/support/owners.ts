import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSchemaFiles, type DatabaseApp } from '../../src/database/app.js'
import { driversFor } from '../../src/database/connect.js'
import { migrate } from '../../src/database/migrate.js'
import { withMysql } from '../../src/database/mysql-server.js'
import { pull } from '../../src/database/pull.js'
import { push } from '../../src/database/push.js'
import { ownerLine } from '../../src/schema/owner-line.js'
import { pluginHeader } from '../../src/schema/plugin-file.js'
import { makeDatabaseApp } from './database-app.js'

type Provider = 'sqlite' | 'postgresql' | 'mysql'

const TEAM_AND_USER = `
model Team {
  id    Int      @id
  users Member[]
}

model Member {
  mail   String @id @map("address")
  team   Team?  @relation(fields: [teamId], references: [id], onDelete: Cascade)
  teamId Int?

  @@map("members")
}
`
const NOTHING = { created: null, applied: [], adopted: [], emptyViews: [] }

const keys = (owner: string): string => `${pluginHeader('keys')}

model Ticket {
  id Int @id
  ${owner}
  memberId String
}

model Phrase {
  ${owner}
  memberId String @id
}
`

/**
 * That rows of a plugin's tables go with those of the user's that they belong to.
 * @param urlOf makes an empty database
 */
export function describeOwners(
  name: string,
  provider: Provider,
  urlOf: () => Promise<string>,
): void {
  let root: string
  beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'ssot-owners-'))))
  afterEach(() => rm(root, { recursive: true, force: true }))

  const makeApp = async (owner: string): Promise<DatabaseApp> => {
    const app = await makeDatabaseApp(root, provider, await urlOf(), TEAM_AND_USER)
    return withTables(app, owner)
  }
  const withTables = async (app: DatabaseApp, owner: string): Promise<DatabaseApp> => {
    await writeFile(join(root, 'prisma', 'keys.prisma'), keys(owner))
    return { ...app, files: readSchemaFiles(root) }
  }
  const OWNER = ownerLine('Member', 'mail')

  describe(`tables of plugins on ${name}`, () => {
    it('lose their rows with the user, whoever deletes him, and follow his key', async () => {
      const app = await makeApp(OWNER)
      await migrate(app, {})
      await fill(app)
      await query(app, `UPDATE members SET address = 'eve@x' WHERE address = 'ada@x'`)
      expect(await query(app, 'SELECT memberId FROM Ticket')).toEqual([['eve@x']])
      await query(app, 'DELETE FROM Team')
      expect(await query(app, 'SELECT memberId FROM Ticket')).toEqual([])
      expect(await query(app, 'SELECT memberId FROM Phrase')).toEqual([])
      expect(await migrate(app, {})).toEqual(NOTHING)
      expect(await pull(app, false)).toEqual([])
    })

    it.runIf(provider !== 'mysql').each([
      ['a migration', migrate],
      ['a push', (app: DatabaseApp) => push(app, false)],
    ] as const)('get that by %s, and lose what has no user any more', async (_, bring) => {
      const old = await makeApp('// As it was.')
      await bring(old, {})
      await fill(old)
      await query(old, `INSERT INTO Ticket (id, memberId) VALUES (2, 'gone@x')`)
      const app = await withTables(old, OWNER)
      await bring(app, {})
      expect(await query(app, 'SELECT memberId FROM Ticket')).toEqual([['ada@x']])
      await query(app, 'DELETE FROM members')
      expect(await query(app, 'SELECT memberId FROM Ticket')).toEqual([])
    })

    it.runIf(provider === 'mysql')('are taken as they are where Prisma made them', async () => {
      const old = await makeApp('// As it was.')
      await migrate(old, {})
      expect(await migrate(await withTables(old, OWNER), {})).toEqual(NOTHING)
    })
  })

  async function fill(app: DatabaseApp): Promise<void> {
    await query(app, 'INSERT INTO Team (id) VALUES (1)')
    await query(app, `INSERT INTO members (address, teamId) VALUES ('ada@x', 1)`)
    await query(app, `INSERT INTO Ticket (id, memberId) VALUES (1, 'ada@x')`)
    await query(app, `INSERT INTO Phrase (memberId) VALUES ('ada@x')`)
  }
}

async function query(app: DatabaseApp, sql: string): Promise<unknown[][]> {
  const quoted = sql.replaceAll(/\b(Team|Ticket|Phrase|memberId|teamId)\b/g, (name) =>
    app.provider === 'mysql' ? name : `"${name}"`,
  )
  if (app.provider === 'mysql')
    return withMysql(app.root, app.url, async (server) => {
      const rows = await server.query(quoted)
      return Array.isArray(rows) ? rows.map((row) => Object.values(row as object)) : []
    })
  const driver = await driversFor(app, 'test').main()
  try {
    return (await driver.query(quoted, [])).rows
  } finally {
    await driver.close()
  }
}
