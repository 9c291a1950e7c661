import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSchemaFiles, type DatabaseApp } from '../../src/database/app.js'
import { driversFor } from '../../src/database/connect.js'
import { migrate } from '../../src/database/migrate.js'
import { readMigrations } from '../../src/database/migrations.js'
import { pull } from '../../src/database/pull.js'
import { push } from '../../src/database/push.js'
import { makeDatabaseApp, writeSchema } from './database-app.js'

const models = (field: string): string => `model Post {\n  id Int @id\n  ${field}\n}\n`

/** A rule on a column of `Post`, by a function whose body the database ties to that column. */
const rules = (condition: string): string => `DROP SCHEMA IF EXISTS ssot_rls CASCADE;
DO $$ DECLARE role text; BEGIN
  FOREACH role IN ARRAY ARRAY['_reader', '_writer'] LOOP
    role := left(current_database(), 50) || role;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I', role);
    END IF;
    EXECUTE format('GRANT SELECT ON "Post" TO %I', role);
  END LOOP;
END $$;
CREATE SCHEMA ssot_rls;
CREATE FUNCTION ssot_rls.seen(wanted int) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
  RETURN EXISTS (SELECT 1 FROM "Post" WHERE "id" = wanted AND ${condition});
ALTER TABLE "Post" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "Post" FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS ssot_owner ON "Post";
CREATE POLICY ssot_owner ON "Post" TO CURRENT_USER USING (true) WITH CHECK (true);
DROP POLICY IF EXISTS ssot_read ON "Post";
CREATE POLICY ssot_read ON "Post" FOR SELECT USING (${condition} AND ssot_rls.seen("id"));
`

const STATE = `SELECT c.relrowsecurity, c.relforcerowsecurity,
    (SELECT coalesce(string_agg(policyname || '', ',' ORDER BY policyname), '') FROM pg_policies),
    (SELECT count(*)::int FROM pg_namespace WHERE nspname = 'ssot_rls'),
    (SELECT count(*)::int FROM pg_roles WHERE rolname = left(current_database(), 50) || '_reader')
  FROM pg_class c WHERE c.oid = '"Post"'::regclass`

const ON = [[true, true, 'ssot_owner,ssot_read', 1, 1]]
const GONE = [[false, false, '', 0, 1]]

/** Row-level security through the commands of the database. */
export function describeRowSecurity(name: string, urlOf: () => Promise<string>): void {
  let root: string
  beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'ssot-rows-'))))
  afterEach(() => rm(root, { recursive: true, force: true }))

  const makeApp = async (): Promise<DatabaseApp> => {
    const app = await makeDatabaseApp(root, 'postgresql', await urlOf(), models('title String'))
    await writeRules(`"title" <> ''`)
    return app
  }
  const writeRules = (condition: string) =>
    writeFile(join(root, 'prisma', 'rls.sql'), rules(condition))
  const dropRules = () => rm(join(root, 'prisma', 'rls.sql'))
  const change = async (app: DatabaseApp, field: string): Promise<DatabaseApp> => {
    await writeSchema(root, 'postgresql', models(field))
    return { ...app, files: readSchemaFiles(root) }
  }
  const state = async (app: DatabaseApp) => {
    const database = await driversFor(app, 'test').main()
    return database
      .query(STATE, [])
      .then(({ rows }) => rows)
      .finally(() => database.close())
  }
  const accept = { acceptDataLoss: true }

  describe(`row-level security on ${name}`, () => {
    it('is migrated with the schema, and without it', { timeout: 180_000 }, async () => {
      let app = await makeApp()
      expect((await migrate(app, {})).created?.name).toMatch(/_init$/)
      expect(await state(app)).toEqual(ON)
      expect((await migrate(app, {})).created).toBeNull()
      expect(await pull(app, false)).toEqual([])

      await writeRules(`"title" <> 'hidden'`)
      expect((await migrate(app, {})).created?.name).toMatch(/_row_security$/)
      expect(readMigrations(root).at(-1)!.sql).not.toContain('CREATE TABLE')
      expect(await state(app)).toEqual(ON)

      app = await change(app, 'title Int')
      await writeRules('"title" > 0')
      expect((await migrate(app, accept)).created?.name).toMatch(/_migration$/)
      expect(await state(app)).toEqual(ON)

      app = await change(app, 'title Int\n  body String')
      await migrate(app, {})
      expect(await state(app)).toEqual(ON)

      app = await change(app, 'body String')
      await writeRules(`"body" <> ''`)
      await migrate(app, accept)
      expect(await state(app)).toEqual(ON)

      await dropRules()
      expect((await migrate(app, {})).created?.name).toMatch(/_row_security_off$/)
      expect(await state(app)).toEqual(GONE)
      expect((await migrate(app, {})).created).toBeNull()
    })

    it('is pushed, adopted, and taken away by a push', { timeout: 180_000 }, async () => {
      let app = await makeApp()
      await push(app, false)
      expect(await state(app)).toEqual(ON)
      app = await change(app, 'title Int')
      await writeRules('"title" > 0')
      await push(app, true)
      expect(await state(app)).toEqual(ON)
      expect((await migrate(app, {})).adopted).toHaveLength(1)
      expect(await state(app)).toEqual(ON)
      await dropRules()
      await push(app, false)
      expect(await state(app)).toEqual(GONE)
    })
  })
}
