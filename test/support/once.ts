const KEY = Symbol.for('create-ssot-app: done once by the tests')

/** Kept by the process, as each project of tests loads its own copy of a module. */
const kept = globalThis as { [KEY]?: Map<string, Promise<unknown>> }
const done = (kept[KEY] ??= new Map())

/** Does something for the first who asks; the others wait for the same. */
export function once(name: string, work: () => Promise<unknown>): Promise<unknown> {
  const begun = done.get(name) ?? work()
  done.set(name, begun)
  return begun
}
