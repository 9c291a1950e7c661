import { describe, expect, it } from 'vitest'
import { isWriteConflict, problemOfDatabase } from './files/src/http/database-errors.js'

type Cause = { readonly kind: string; readonly originalCode?: string }

/** As a driver adapter throws it, which is how the end of a transaction passes it on. */
const adapterError = (cause: Cause): Error =>
  Object.assign(new Error(cause.kind, { cause }), { name: 'DriverAdapterError' })

/** As Prisma throws it for a query. */
const prismaError = (code: string, cause?: Cause): Error =>
  Object.assign(new Error('Database error.'), {
    ...{ name: 'PrismaClientKnownRequestError', code },
    meta: cause === undefined ? {} : { driverAdapterError: adapterError(cause) },
  })

const CASES: readonly (readonly [string, Cause, number, string])[] = [
  ['a policy', { kind: 'postgres', originalCode: '42501' }, 403, 'not_allowed'],
  [
    'what can not be put in a row',
    { kind: 'TransactionWriteConflict', originalCode: '40001' },
    503,
    'write_conflict',
  ],
  ['a lock', { kind: 'postgres', originalCode: '55P03' }, 503, 'write_conflict'],
  ['statement_timeout', { kind: 'postgres', originalCode: '57014' }, 503, 'query_timeout'],
  ['transaction_timeout', { kind: 'postgres', originalCode: '25P04' }, 503, 'query_timeout'],
  ['a changed row', { kind: 'mysql', originalCode: '1020' }, 503, 'write_conflict'],
  ['a deadlock', { kind: 'TransactionWriteConflict' }, 503, 'write_conflict'],
  ['a lock of MariaDB', { kind: 'mysql', originalCode: '1205' }, 503, 'write_conflict'],
  ['max_statement_time', { kind: 'mysql', originalCode: '1969' }, 503, 'query_timeout'],
  ['max_execution_time', { kind: 'mysql', originalCode: '3024' }, 503, 'query_timeout'],
  ['KILL QUERY', { kind: 'mysql', originalCode: '1317' }, 503, 'query_timeout'],
  ['a closed socket', { kind: 'mysql', originalCode: '45009' }, 503, 'database_unavailable'],
  ['no connection', { kind: 'mysql', originalCode: '45028' }, 503, 'database_unavailable'],
  ['a server that ends', { kind: 'mysql', originalCode: '1053' }, 503, 'database_unavailable'],
  ['a busy file', { kind: 'SocketTimeout', originalCode: '5' }, 503, 'write_conflict'],
  ['an old snapshot', { kind: 'SocketTimeout', originalCode: '517' }, 503, 'write_conflict'],
  ['an interrupt', { kind: 'sqlite', originalCode: '9' }, 503, 'query_timeout'],
]

describe('problemOfDatabase', () => {
  it.each(CASES)('answers for %s, in a query and at its end', (_, cause, status, code) => {
    const wanted = { status, code }
    expect(problemOfDatabase(prismaError('P2039', cause))).toMatchObject(wanted)
    expect(problemOfDatabase(prismaError('P2010', cause))).toMatchObject(wanted)
    expect(problemOfDatabase(adapterError(cause))).toMatchObject(wanted)
  })

  it('says when to try again what may succeed', () => {
    for (const [, cause, status] of CASES) {
      const headers = problemOfDatabase(adapterError(cause))?.headers
      expect(headers).toEqual(status === 503 ? { 'retry-after': '1' } : undefined)
    }
  })

  it('knows a lost socket of the database from any other', () => {
    const socketError = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
    expect(problemOfDatabase(socketError)).toBe(undefined)
    const wanted = { status: 503, code: 'database_unavailable' }
    expect(problemOfDatabase(prismaError('ECONNRESET'))).toMatchObject(wanted)
    const marked = Object.assign(socketError, { fatal: true, sqlState: 'HY000' })
    expect(problemOfDatabase(marked)).toMatchObject(wanted)
  })

  it('knows nothing of other errors', () => {
    expect(problemOfDatabase(prismaError('P2002', { kind: 'Unique', originalCode: '23505' }))).toBe(
      undefined,
    )
    expect(problemOfDatabase(prismaError('P2025'))).toBe(undefined)
    expect(problemOfDatabase(new Error('42501'))).toBe(undefined)
    expect(problemOfDatabase(undefined)).toBe(undefined)
  })
})

describe('isWriteConflict', () => {
  it('tells what is worth another try from what has had its time', () => {
    const again = CASES.filter(([, cause]) => isWriteConflict(adapterError(cause)))
    expect(again.map(([name]) => name)).toEqual([
      'what can not be put in a row',
      'a changed row',
      'a deadlock',
      'an old snapshot',
    ])
    expect(isWriteConflict(prismaError('P2034'))).toBe(true)
  })
})
