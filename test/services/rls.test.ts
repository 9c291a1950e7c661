import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningApp } from '../contract/harness.js'
import { Caller, startApp } from '../policies/app.js'
import { columnsOf } from '../policies/columns.js'
import { scene as everything } from '../policies/everything.js'
import { Oracle } from '../policies/oracle.js'
import { modelsOf, nameOf, type Row, type Scene } from '../policies/scene.js'
import { scene as saas } from '../saas/saas.js'
import { servers, type TestDatabase } from './servers.js'
import { Speaker } from './speaker.js'

const SCENES = [
  { name: 'every kind of rule', scene: everything },
  { name: 'saas', scene: saas },
] as const satisfies readonly { name: string; scene: Scene }[]

describe.each(SCENES)('row-level security, past the app: $name', ({ scene }) => {
  let database: TestDatabase
  let app: RunningApp | undefined
  let speaker: Speaker
  const { schema, world, people } = scene
  const counts = { asked: 0, allowed: 0 }

  beforeAll(async () => {
    database = await servers.postgresql.makeDatabase()
    const choice = { framework: 'fastify', mode: 'layered', provider: 'postgresql' } as const
    app = await startApp(scene, { ...choice, databaseUrl: database.url, plugins: ['rls'] })
    await (await Caller.of(app, scene)).reset()
    speaker = await Speaker.on(database.url)
  })
  afterAll(async () => {
    await speaker?.end()
    await app?.stop()
    await database?.remove()
  })

  const columns = (oracle: Oracle, model: string, row: Row): Row =>
    Object.fromEntries(
      columnsOf(oracle, model)
        .filter(({ name }) => row[name] !== undefined)
        .map(({ name }) => [name, row[name]]),
    )
  const keyOf = (oracle: Oracle, model: string, row: Row): Row =>
    Object.fromEntries(oracle.model(model).key!.fields.map((name) => [name, row[name]]))
  const where = (key: Row): string =>
    Object.keys(key)
      .map((name, i) => `"${name}" = $${i + 1}`)
      .join(' AND ')
  const count = (allowed: boolean): boolean => {
    counts.asked += 1
    if (allowed) counts.allowed += 1
    return allowed
  }

  const each = people.flatMap((who) =>
    modelsOf(scene).map((model) => [nameOf(who), model, who] as const),
  )

  it.each(each)('%s reads of %s what the oracle allows', async (_, model, who) => {
    // Whether somebody is let in at all is known to the app alone.
    if (who?.suspended) return
    const oracle = new Oracle(schema, world, who)
    const found = await speaker.as('reader', who, () => speaker.rows(`SELECT * FROM "${model}"`))
    const ids = (rows: readonly Row[]): string[] =>
      rows.map((row) => oracle.idOf(model, row)).sort()
    for (const row of world[model]!) count(oracle.allows(model, 'read', row))
    expect(ids(found)).toEqual(ids(oracle.visible(model)))
  })

  it.each(each)('%s writes of %s what the oracle allows', async (_, model, who) => {
    if (who?.suspended) return
    const oracle = new Oracle(schema, world, who)
    const wrong: string[] = []
    const judge = (doing: string, passed: boolean | null, allowed: boolean): void => {
      // A row that others refer to is let go by the policies; a new one that is there already is not asked for.
      if (passed === null && doing.startsWith('insert')) return
      if (count(allowed) !== (passed ?? true))
        wrong.push(`${doing}: ${passed ? 'let through' : 'refused'}`)
    }
    await speaker.as('writer', who, async () => {
      for (const row of world[model]!) {
        const key = keyOf(oracle, model, row)
        const seen = oracle.allows(model, 'read', row)
        const same = Object.keys(key).map((name) => `"${name}" = "${name}"`)
        judge(
          `update ${oracle.idOf(model, row)}`,
          await speaker.passes(
            `UPDATE "${model}" SET ${same.join(', ')} WHERE ${where(key)}`,
            Object.values(key),
          ),
          seen && oracle.allows(model, 'update', row),
        )
        judge(
          `delete ${oracle.idOf(model, row)}`,
          await speaker.passes(`DELETE FROM "${model}" WHERE ${where(key)}`, Object.values(key)),
          seen && oracle.allows(model, 'delete', row),
        )
      }
      for (const row of scene.tried(oracle, model).creates) {
        const given = columns(oracle, model, row)
        const names = Object.keys(given)
        judge(
          `insert ${JSON.stringify(given)}`,
          await speaker.passes(
            `INSERT INTO "${model}" (${names.map((name) => `"${name}"`).join(', ')})
             VALUES (${names.map((_name, i) => `$${i + 1}`).join(', ')})`,
            Object.values(given),
          ),
          oracle.allows(model, 'create', row),
        )
      }
    })
    expect(wrong).toEqual([])
  })

  it('asked enough', () => {
    console.log(`row-level security: ${counts.asked} questions, ${counts.allowed} allowed`)
    expect(counts.allowed).toBeGreaterThan(100)
    expect(counts.asked - counts.allowed).toBeGreaterThan(100)
  })

  it('gives the roles no right on tables that are none of the models', async () => {
    const tables = await speaker.rows(
      `SELECT c.relname, has_table_privilege(r.rolname, c.oid, 'SELECT, INSERT, UPDATE, DELETE') AS open
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       CROSS JOIN (SELECT rolname FROM pg_roles WHERE rolname LIKE current_database() || '\\_%') r
       WHERE c.relkind = 'r' AND n.nspname = 'public' AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)`,
    )
    expect(tables.map(({ relname }) => relname)).toContain('_prisma_migrations')
    expect(tables.filter(({ open }) => open !== false)).toEqual([])
  })

  it('is what keeps them from the rows', async () => {
    const model = modelsOf(scene).find((name) => {
      const oracle = new Oracle(schema, world, null)
      return oracle.visible(name).length < world[name]!.length
    })
    const found = await speaker.undone(async () => {
      await speaker.rows(`ALTER TABLE "${model}" DISABLE ROW LEVEL SECURITY`)
      await speaker.rows(`SELECT set_config('role', current_database() || '_reader', true)`)
      return speaker.rows(`SELECT FROM "${model}"`)
    })
    expect(found).toHaveLength(world[model!]!.length)
  })
})
