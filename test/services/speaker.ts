import type { Person } from '../policies/oracle.js'
import type { Row } from '../policies/scene.js'
import { driver } from './servers.js'

type Client = {
  connect(): Promise<void>
  query(sql: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>
  end(): Promise<void>
}
type Role = 'reader' | 'writer'
type Caller = Pick<Person, 'id' | 'claims'> & { readonly via?: Person['via'] }

/** Of errors that are none of the policies'. */
const OTHER = /^(23|22)/
const REFUSED = '42501'

/** One who speaks SQL with the database as the app does, without the app in between. */
export class Speaker {
  private constructor(private readonly client: Client) {}

  static async on(url: string): Promise<Speaker> {
    const { Client } = await driver<{
      Client: new (options: { connectionString: string }) => Client
    }>('pg')
    const client = new Client({ connectionString: url })
    await client.connect()
    return new Speaker(client)
  }

  end(): Promise<void> {
    return this.client.end()
  }

  /** Runs something as a role of the app, in somebody's name, and undoes it. */
  async as<T>(role: Role, who: Caller | null, work: () => Promise<T>): Promise<T> {
    return this.undone(async () => {
      await this.client.query(
        `SELECT set_config('role', left(current_database(), 50) || '_${role}', true), set_config('app.user', $1, true)`,
        [who === null ? '' : JSON.stringify({ id: who.id, via: who.via, claims: who.claims })],
      )
      return work()
    })
  }

  /** Runs something as the owner, and undoes it. */
  async undone<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('BEGIN')
    try {
      return await work()
    } finally {
      await this.client.query('ROLLBACK')
    }
  }

  async rows(sql: string): Promise<readonly Row[]> {
    return (await this.client.query(sql)).rows
  }

  /**
   * Whether the policies let a statement touch its one row, now and at the end of the transaction.
   * @returns null where the database has other reasons to refuse it
   */
  async passes(sql: string, values: unknown[]): Promise<boolean | null> {
    await this.client.query('SAVEPOINT one')
    try {
      const { rowCount } = await this.client.query(sql, values)
      await this.client.query('SET CONSTRAINTS ALL IMMEDIATE')
      return rowCount === 1
    } catch (error) {
      const { code = '' } = error as { code?: string }
      if (code !== REFUSED && !OTHER.test(code)) throw error
      return code === REFUSED ? false : null
    } finally {
      await this.client.query('ROLLBACK TO SAVEPOINT one')
    }
  }
}
