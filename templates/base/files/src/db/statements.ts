import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client'

type Adapter = Awaited<ReturnType<SqlDriverAdapterFactory['connect']>>
type Queryable = Pick<Adapter, 'queryRaw' | 'executeRaw'>
type Rewrite = (sql: string) => string

/** Has an adapter say in SQL what Prisma has no words for: each statement passes through `rewrite`. */
export function rewriting<Factory extends SqlDriverAdapterFactory>(
  factory: Factory,
  rewrite: Rewrite,
): Factory {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = rewritten(await connect(), rewrite)
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (level) => rewritten(await start(level), rewrite)
    return adapter
  }
  return factory
}

function rewritten<T extends Queryable>(queryable: T, rewrite: Rewrite): T {
  const query = queryable.queryRaw.bind(queryable)
  const execute = queryable.executeRaw.bind(queryable)
  queryable.queryRaw = (statement) => query({ ...statement, sql: rewrite(statement.sql) })
  queryable.executeRaw = (statement) => execute({ ...statement, sql: rewrite(statement.sql) })
  return queryable
}
