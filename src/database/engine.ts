import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { UserError } from '../errors.js'
import { adapterFactory } from './adapter.js'
import type { SchemaText } from './app.js'
import type { Driver, Drivers } from './driver.js'
import type { EngineClass, SchemaEngine } from './engine-types.js'
import { resolveInApp } from './packages.js'

const ENGINE = '@prisma/schema-engine-wasm/schema_engine_bg'

/** No table or enum is left out. */
export const noFilters = { externalTables: [], externalEnums: [] }

/**
 * Opens the app's database and runs `work` with Prisma's schema engine (the WebAssembly build that the app has
 * installed) and the connection they share. Every connection is closed at the end.
 * @param files the schema it starts with
 * @throws UserError with the engine's message when it refuses; Error when it crashes
 */
export async function withEngine<T>(
  root: string,
  drivers: Drivers,
  files: readonly SchemaText[],
  work: (engine: SchemaEngine, database: Driver) => Promise<T>,
): Promise<T> {
  const Engine = await loadEngine(root)
  const database = await drivers.main()
  // The engine disposes of its connections at times of its own: the main one must outlive that.
  const lent = { ...database, close: async () => {} }
  const datamodels = files.map(({ path, content }): [string, string] => [path, content])
  try {
    return await surviving(async () => {
      const factory = adapterFactory({ ...drivers, main: async () => lent })
      const engine = await Engine.new({ datamodels }, () => {}, factory)
      const result = await work(engine, database)
      engine.free()
      return result
    })
  } catch (error) {
    throw readableError(error)
  } finally {
    await database.close()
  }
}

/** Loads it by hand: the package's own entry needs a bundler. */
async function loadEngine(root: string): Promise<EngineClass> {
  const path = resolveInApp(root, ENGINE)
  const runtime = (await import(pathToFileURL(path).href)) as Runtime
  if (!panics.loaded.has(path)) {
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics })
    const module = new WebAssembly.Module(readFileSync(path.replace(/\.js$/, '.wasm')))
    const imports = { ...runtime, ...unreferencedTimers(runtime) }
    const { exports } = new WebAssembly.Instance(module, { './schema_engine_bg.js': imports })
    const { __wbg_set_wasm: setExports } = runtime
    const { __wbindgen_start: start } = exports
    setExports(exports)
    start()
    panics.loaded.add(path)
  }
  return runtime.SchemaEngine
}

/** The engine leaves its time limits running, which would keep the process alive for a minute. */
function unreferencedTimers(runtime: object): Record<string, unknown> {
  const names = Object.keys(runtime).filter((name) => name.startsWith('__wbg_setTimeout_'))
  const start = (callback: () => void, ms: number) => setTimeout(callback, ms >>> 0).unref()
  return Object.fromEntries(names.map((name) => [name, start]))
}

type Runtime = { __wbg_set_wasm(exports: object): void; SchemaEngine: EngineClass }

/** Node's types leave WebAssembly to the DOM's. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object
    Instance: new (module: object, imports: object) => { exports: { __wbindgen_start(): void } }
  }
}

/** Where the engine leaves its last words. */
const panics = {
  loaded: new Set<string>(),
  message: '',
  set_message(message: string): void {
    this.message = message
  },
}

/**
 * A panic of the engine is an uncaught exception, and its promise never settles: this one does, even when
 * nothing is left that would keep the process alive.
 */
async function surviving<T>(work: () => Promise<T>): Promise<T> {
  let onPanic: (cause: unknown) => void = () => {}
  const panic = new Promise<never>((_, reject) => {
    onPanic = (cause) => reject(crashed(cause))
  })
  const onSilence = () => onPanic('it stopped without a word')
  process.on('uncaughtException', onPanic)
  process.on('beforeExit', onSilence)
  try {
    return await Promise.race([work(), panic])
  } finally {
    process.removeListener('uncaughtException', onPanic)
    process.removeListener('beforeExit', onSilence)
  }
}

const crashed = (cause: unknown): Error =>
  new Error(`Prisma's schema engine crashed: ${panics.message || String(cause)}`, { cause })

/** The engine's errors end in a trace of its own functions, which tells a user nothing. */
export function readableError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error
  if (error.name === 'RuntimeError') return crashed(error)
  if (error.name !== 'SchemaConnectorError') return error
  const message = error.message.replace(/\n\s+0: [\s\S]*$/, '').trim()
  return new UserError(message, [], { cause: error })
}
