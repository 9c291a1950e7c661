import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSchema } from '../../src/schema/load.js'
import type { Schema } from '../../src/schema/model.js'
import type { Person } from '../policies/oracle.js'
import type { Edit } from '../support/app-edits.js'
import { wireOf, type Ask } from './ask.js'
import { openRows, type RowStore } from './database.js'
import { hostApp, type Answer, type HostedApp } from './host.js'
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

export type Call = Pick<Case, 'who' | 'ask'>

/** The database of an app, and what belongs to it. */
export type Where = {
  readonly provider: 'sqlite' | 'postgresql' | 'mysql'
  readonly databaseUrl: string
  readonly plugins?: readonly string[]
  /** Removes it. */
  readonly remove: () => Promise<void>
}

function sqliteFile(): Where {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-search-db-'))
  const databaseUrl = `file:${join(folder, 'test.db')}`
  const remove = async (): Promise<void> => rmSync(folder, { recursive: true, force: true })
  return { provider: 'sqlite', databaseUrl, remove }
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
    private readonly where: Where,
  ) {}

  /** @throws UserError for a schema that is not right */
  static async of(
    { spec, mode }: Pick<Case, 'spec' | 'mode'>,
    edits: readonly Edit[] = [],
    given?: Where,
  ): Promise<Subject> {
    const models = schemaText(spec)
    const provider = given?.provider ?? 'sqlite'
    const text = `datasource db {\n  provider = "${provider}"\n}\n\n${models}`
    const schema = await loadSchema({ files: [{ path: 'schema.prisma', content: text }] })
    const { remove, ...where } = given ?? sqliteFile()
    const app = await hostApp({ models, mode, edits, ...where })
    const store = await openRows(spec, provider, where.databaseUrl)
    return new Subject(spec, schema, app, store, { ...where, remove })
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

  /** Asks all of these at once: what comes of it, whatever is right. */
  async askAtOnce(
    rows: Rows,
    calls: readonly Call[],
    run: (works: readonly (() => Promise<Answer>)[]) => Promise<Answer[]>,
  ): Promise<{ readonly answers: readonly Answer[]; readonly after: Rows }> {
    await this.store.write(rows)
    this.there = null
    const works = calls.map(({ who, ask }) => {
      const { method, path, body } = wireOf(this.schema, ask)
      return () => this.app.send(who, method, path, body)
    })
    return { answers: await run(works), after: await this.store.read() }
  }

  async close(): Promise<void> {
    await this.app.close()
    await this.store.close()
    await this.where.remove()
  }
}
