import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client'

type Adapter = Awaited<ReturnType<SqlDriverAdapterFactory['connect']>>
export type Statement = Parameters<Adapter['queryRaw']>[0]
export type Result = Awaited<ReturnType<Adapter['queryRaw']>>
type Config = ConstructorParameters<typeof PrismaLibSql>[0]
interface Answer {
  readonly result?: Result
  readonly cause?: object
}

/** Reads the database in processes of their own. SQLite can't be told to stop; a process that only reads can. */
export interface Aside {
  /**
   * @param timeoutMs 0 for no limit
   * @throws Error as the driver adapter throws it, also when the statement takes too long
   */
  read(statement: Statement, timeoutMs: number): Promise<Result>
  close(): void
}

interface Seat {
  child?: ChildProcess | undefined
}

/** More would take the processors from whoever asks for little. */
const SEATS = 2

/** @param config of the database; nothing is started before it is needed */
export function readAside(config: Config): Aside {
  const seats: readonly Seat[] = Array.from({ length: SEATS }, () => ({}))
  const free = [...seats]
  const waiting: ((seat: Seat) => void)[] = []
  const release = (seat: Seat): void => {
    const next = waiting.shift()
    if (next) next(seat)
    else free.push(seat)
  }
  return {
    async read(statement, timeoutMs) {
      const seat = free.pop() ?? (await seatInTime(waiting, timeoutMs))
      try {
        if (seat.child?.connected !== true) seat.child = await start(config)
        return await ask(seat.child, statement, timeoutMs)
      } finally {
        release(seat)
      }
    },
    close() {
      for (const { child } of seats) child?.kill('SIGKILL')
    },
  }
}

/** Whoever waits for others is not kept longer than he might work. */
function seatInTime(waiting: ((seat: Seat) => void)[], timeoutMs: number): Promise<Seat> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      waiting.splice(waiting.indexOf(take), 1)
      reject(tookTooLong())
    }
    const timer = timeoutMs === 0 ? undefined : setTimeout(giveUp, timeoutMs)
    const take = (seat: Seat): void => {
      clearTimeout(timer)
      resolve(seat)
    }
    waiting.push(take)
  })
}

const SELF = fileURLToPath(import.meta.url)

/** Starting is not what takes long in a statement: its time begins when the process is ready. */
async function start(config: Config): Promise<ChildProcess> {
  const child = fork(SELF, [JSON.stringify(config)], {
    // From source the loader of TypeScript comes along.
    execArgv: SELF.endsWith('.ts') ? ['--import', 'tsx'] : [],
    serialization: 'advanced',
  })
  await messageOf(child)
  return child
}

/** Has one statement run, and kills the process when that takes too long. */
async function ask(child: ChildProcess, statement: Statement, timeoutMs: number): Promise<Result> {
  let late = false
  const stop = (): void => {
    late = true
    child.kill('SIGKILL')
  }
  // An idle process keeps nobody from ending.
  child.ref()
  child.channel?.ref()
  const timer = timeoutMs === 0 ? undefined : setTimeout(stop, timeoutMs)
  try {
    const answer = messageOf(child)
    child.send(statement)
    const { result, cause } = (await answer) as Answer
    if (result) return result
    throw adapterError(cause)
  } catch (error) {
    throw late ? tookTooLong() : error
  } finally {
    clearTimeout(timer)
    child.unref()
    child.channel?.unref()
  }
}

/** The next message of a process. @throws Error when it ends before */
function messageOf(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      child.off('message', arrived).off('error', reject).off('exit', gone)
    }
    const arrived = (message: unknown): void => {
      settle()
      resolve(message)
    }
    const gone = (): void => {
      settle()
      reject(adapterError({ kind: 'ConnectionClosed' }))
    }
    child.on('message', arrived).on('error', reject).on('exit', gone)
  })
}

/** An error as the driver adapters of Prisma throw it. */
const adapterError = (cause: object | undefined): Error =>
  Object.assign(new Error('The statement failed.', { cause }), { name: 'DriverAdapterError' })

/** What SQLite itself says of a statement that was interrupted. */
const tookTooLong = (): Error =>
  adapterError({
    ...{ kind: 'sqlite', extendedCode: 9, message: 'interrupted' },
    ...{ originalCode: '9', originalMessage: 'interrupted' },
  })

/** The other side: answers one statement after the other until nobody asks any more. */
async function serve(config: Config): Promise<void> {
  const adapter = await new PrismaLibSql(config).connect()
  await adapter.executeScript('PRAGMA query_only=ON')
  const send = (message: Answer | 'ready'): void => void process.send?.(message)
  process.on('message', (statement: Statement) => {
    adapter.queryRaw(statement).then(
      (result) => send({ result }),
      ({ cause }: Error) => send({ cause: cause as object }),
    )
  })
  process.once('disconnect', () => process.exit())
  send('ready')
}

if (process.argv[1] === SELF && process.send)
  await serve(JSON.parse(process.argv[2] ?? '') as Config)
