import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout } from 'node:timers/promises'
import type { Random } from './random.js'

/** The part of Prisma's driver adapters that is stopped at. */
type Queryable = {
  queryRaw(query: unknown): Promise<unknown>
  executeRaw(query: unknown): Promise<unknown>
}
type Transaction = Queryable & { commit(): Promise<void>; rollback(): Promise<void> }
type Adapter = Queryable & { startTransaction(level?: string): Promise<Transaction> }
type Factory = { connect(): Promise<Adapter> }

type Task = {
  /** What goes on with each thing that it waits for its turn with. */
  readonly waiting: (() => void)[]
  done: boolean
  /** True where it has not come back in time: it waits for another one's lock, or for a while. */
  blocked: boolean
}

/** A statement that takes longer than this waits for a lock. */
const PATIENCE_MS = 40
const LONGEST_MS = 30_000

/** Runs requests side by side, stopped before each statement, and lets one of them go on at a time. */
export class Stepper {
  private readonly tasks = new AsyncLocalStorage<Task>()
  private changed: () => void = () => {}

  /** Stops at whatever goes through a driver adapter for a task. */
  wrap<F extends Factory>(factory: F): F {
    const connect = factory.connect.bind(factory)
    factory.connect = async () => {
      const adapter = this.stopping(await connect(), ['queryRaw', 'executeRaw'])
      const start = adapter.startTransaction.bind(adapter)
      adapter.startTransaction = async (level) => {
        await this.turn()
        return this.stopping(await start(level), ['queryRaw', 'executeRaw', 'commit', 'rollback'])
      }
      return adapter
    }
    return factory
  }

  /**
   * Runs all of these; the order in which they take turns follows from the numbers alone, as long as none waits for
   * another one.
   * @throws Error where they never end
   */
  async run<T>(works: readonly (() => Promise<T>)[], random: Random): Promise<T[]> {
    const tasks: Task[] = works.map(() => ({ waiting: [], done: false, blocked: false }))
    const results = works.map((work, index) => this.start(tasks[index]!, work))
    const all = Promise.all(results)
    all.catch(() => {})
    const deadline = Date.now() + LONGEST_MS
    while (tasks.some(({ done }) => !done)) {
      await this.settled(tasks)
      const ready = tasks.filter(({ waiting }) => waiting.length > 0)
      if (ready.length > 0) random.pick(ready).waiting.shift()!()
      else if (Date.now() > deadline) throw new Error('The requests wait for each other for ever.')
    }
    return all
  }

  private async start<T>(task: Task, work: () => Promise<T>): Promise<T> {
    try {
      return await this.tasks.run(task, work)
    } finally {
      task.done = true
      this.changed()
    }
  }

  /** Waits until every task waits for its turn, is done or has been waited for long enough. */
  private async settled(tasks: readonly Task[]): Promise<void> {
    const isOpen = (task: Task): boolean => !task.done && task.waiting.length === 0
    const moving = (): readonly Task[] => tasks.filter((task) => isOpen(task) && !task.blocked)
    while (moving().length > 0 || tasks.every((task) => task.done || isOpen(task))) {
      if (tasks.every(({ done }) => done)) return
      const change = new Promise<'change'>((resolve) => (this.changed = () => resolve('change')))
      const stopped = new AbortController()
      const late = setTimeout(PATIENCE_MS, 'late', { signal: stopped.signal }).catch(() => 'late')
      const first = await Promise.race([change, late])
      stopped.abort()
      if (first === 'change') continue
      for (const task of moving()) task.blocked = true
      return
    }
  }

  private async turn(): Promise<void> {
    const task = this.tasks.getStore()
    if (!task) return
    await new Promise<void>((resolve) => {
      task.waiting.push(resolve)
      task.blocked = false
      this.changed()
    })
  }

  private stopping<T extends object>(of: T, names: readonly (keyof T)[]): T {
    for (const name of names) {
      const original = (of[name] as (...args: unknown[]) => Promise<unknown>).bind(of)
      const stopped = async (...args: unknown[]): Promise<unknown> => {
        await this.turn()
        return original(...args)
      }
      of[name] = stopped as T[typeof name]
    }
    return of
  }
}
