import type { Driver, Drivers } from './driver.js'

type Outcome = { ok: true; value: unknown } | { ok: false; error: object }
type Query = { sql: string; args: unknown[] }

const ADAPTERS = { sqlite: '@prisma/adapter-libsql', postgres: '@prisma/adapter-pg' } as const

/**
 * Presents plain drivers to the schema engine as a Prisma driver adapter. Prisma's own adapters will not do:
 * they run only the first statement of a script, split it at semicolons, or replay migrations in the database
 * itself.
 */
export function adapterFactory(drivers: Drivers): object {
  const names = { provider: drivers.dialect, adapterName: ADAPTERS[drivers.dialect] }
  const open = (connect: () => Promise<Driver>) =>
    outcome(drivers, async () => adapterOf(drivers, await connect(), names))
  return {
    ...names,
    connect: () => open(drivers.main),
    connectToShadowDb: () => open(drivers.shadow),
  }
}

function adapterOf(drivers: Drivers, driver: Driver, names: object): object {
  const run = (work: () => Promise<unknown>) => outcome(drivers, work)
  return {
    ...names,
    queryRaw: ({ sql, args }: Query) => run(() => driver.query(sql, args)),
    // The engine sends whole scripts this way when it replays migrations.
    executeRaw: ({ sql, args }: Query) =>
      run(async () => {
        if (args.length > 0) return (await driver.query(sql, args)).affected
        await driver.script(sql)
        return 0
      }),
    executeScript: (sql: string) => run(() => driver.script(sql)),
    startTransaction: () => run(() => Promise.reject(new Error('Not used by the schema engine.'))),
    getConnectionInfo: () => ({
      ok: true,
      value: {
        schemaName: drivers.schemaName,
        supportsRelationJoins: drivers.dialect === 'postgres',
      },
    }),
    dispose: () => run(() => driver.close()),
  }
}

async function outcome(drivers: Drivers, work: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, error: drivers.describeError(error) }
  }
}
