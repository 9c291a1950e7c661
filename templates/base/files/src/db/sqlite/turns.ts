/** How long statements may follow each other before others get their turn. */
const TURN_MS = 20

let started: number | undefined

/**
 * SQLite answers at once, so that what waits for it never lets go of the process: before a statement of a long row of
 * them, whoever else is there is served.
 */
export async function takeTurn(): Promise<void> {
  if (started === undefined) {
    started = performance.now()
    setImmediate(() => (started = undefined))
  } else if (performance.now() - started > TURN_MS) {
    await new Promise((resolve) => setImmediate(resolve))
  }
}
