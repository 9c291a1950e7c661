import type { Db } from '../db.js'

const turns = new WeakMap<Db, Promise<unknown>>()

/** Runs the work of one transaction one after the other: what was started side by side waits. */
export function inTurn<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(db) ?? Promise.resolve()).then(work)
  turns.set(
    db,
    turn.catch(() => undefined),
  )
  return turn
}
