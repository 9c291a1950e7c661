import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startTarget, type RunningApp, type Target } from '../../contract/harness.js'
import { driver } from '../../services/servers.js'
import { applyEdits, type Edit } from '../../support/app-edits.js'

const path = fileURLToPath(new URL('schema.prisma', import.meta.url))

const TIMEOUT_MS = 500

/** The schema of the app, as it was written: models and relations alone. */
export const models = (): Promise<string> => readFile(path, 'utf8')

/** Starts an app on SQLite with 20,000 projects and as many tasks, of 20 teams and 400 members. */
export async function startWorld(
  kind: Pick<Target, 'framework' | 'mode'>,
  edits: readonly Edit[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningApp> {
  const app = await startTarget({
    ...kind,
    provider: 'sqlite',
    schema: `generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
}
datasource db {
  provider = "sqlite"
}
${await models()}`,
    env: { QUERY_TIMEOUT_MS: String(TIMEOUT_MS), ...env },
    edit: (root) => applyEdits(root, edits),
  })
  const Database = await driver<new (file: string) => Script>('libsql')
  const database = new Database(join(app.root, 'app', 'data', 'test.db'))
  database.exec(ROWS)
  database.close()
  return app
}

interface Script {
  exec(sql: string): void
  close(): void
}

const numbers = (count: number): string =>
  `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`

/** The texts are long and much alike, as people's own are not: the worst to look through. */
const ROWS = `BEGIN;
INSERT INTO Team (id, name) ${numbers(20)} SELECT i, 'Team ' || i FROM n;
INSERT INTO Member (id, name, bio, teamId) ${numbers(400)}
  SELECT i, 'Member ' || i, replace(hex(zeroblob(100)), '0', 'a'), i % 20 + 1 FROM n;
INSERT INTO Tag (id, name) ${numbers(20)} SELECT i, 'Tag ' || i FROM n;
INSERT INTO Project (id, name, notes, teamId, leadId) ${numbers(20_000)}
  SELECT i, 'Project ' || i, replace(hex(zeroblob(50)), '0', 'a'), i % 20 + 1, i % 400 + 1 FROM n;
INSERT INTO Task (id, title, effort, projectId) ${numbers(20_000)}
  SELECT i, 'Task ' || i, i * 0.5, (i * 7) % 20000 + 1 FROM n;
INSERT INTO _ProjectToTag (A, B) ${numbers(20_000)} SELECT i, i % 20 + 1 FROM n;
INSERT INTO Tag (id, name) VALUES (21, 'Of every project');
INSERT INTO _ProjectToTag (A, B) ${numbers(20_000)} SELECT i, 21 FROM n;
COMMIT;`
