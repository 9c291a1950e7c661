import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSchema } from '../../src/schema/load.js'
import type { Schema } from '../../src/schema/model.js'
import type { Person } from '../policies/oracle.js'
import type { Edit } from '../support/app-edits.js'
import { wireOf, type Ask } from './ask.js'
import { openRows, type RowStore } from './database.js'
import { hostApp, type HostedApp } from './host.js'
import { isSame, judge, type Verdict } from './judge.js'
import { schemaText, type Rows, type Spec } from './spec.js'
import { endsOf, RandomOracle } from './world.js'

/** Everything that an outcome depends on. */
export type Case = {
  readonly spec: Spec
  readonly mode: 'registry' | 'layered'
  readonly rows: Rows
  readonly who: Person | null
  readonly ask: Ask
}

/** An app of a schema on a database of its own, ready to be asked. */
export class Subject {
  /** The rows that are there; null where they are no more those of the last case. */
  private there: Rows | null = null

  private constructor(
    private readonly spec: Spec,
    private readonly schema: Schema,
    private readonly app: HostedApp,
    private readonly store: RowStore,
    private readonly folder: string,
  ) {}

  /** @throws UserError for a schema that is not right */
  static async of(
    { spec, mode }: Pick<Case, 'spec' | 'mode'>,
    edits: readonly Edit[] = [],
  ): Promise<Subject> {
    const models = schemaText(spec)
    const text = `datasource db {\n  provider = "sqlite"\n}\n\n${models}`
    const schema = await loadSchema({ files: [{ path: 'schema.prisma', content: text }] })
    const folder = mkdtempSync(join(tmpdir(), 'ssot-search-db-'))
    const databaseUrl = `file:${join(folder, 'test.db')}`
    const app = await hostApp({ models, mode, databaseUrl, edits })
    const store = await openRows(spec, 'sqlite', databaseUrl)
    return new Subject(spec, schema, app, store, folder)
  }

  /** What rules say of these rows. */
  oracle({ rows, who }: Pick<Case, 'rows' | 'who'>): RandomOracle {
    return new RandomOracle(this.schema, endsOf(this.spec.relations), rows, who)
  }

  /** Asks once, and says what is wrong with what comes of it. */
  async ask({ rows, who, ask }: Pick<Case, 'rows' | 'who' | 'ask'>): Promise<Verdict> {
    if (rows !== this.there) await this.store.write(rows)
    const { method, path, body } = wireOf(this.schema, ask)
    const answer = await this.app.send(who, method, path, body)
    const after = await this.store.read()
    this.there = isSame(rows, after) ? rows : null
    return judge(this.oracle({ rows, who }), ask, answer, after)
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.store.close()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
