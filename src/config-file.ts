import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Jiti } from 'jiti'
import { checkOptions, sources, type AppConfig } from './config.js'
import { UserError } from './errors.js'

export const CONFIG_FILE = 'ssot.config.ts'

/**
 * Reads `ssot.config.ts` of a folder.
 * @returns its options, checked; an empty object where there is no such file
 * @throws UserError when it cannot be run, exports no object, or holds an option that is unknown or wrong
 */
export async function loadConfigFile(folder: string): Promise<AppConfig> {
  const path = join(folder, CONFIG_FILE)
  if (!existsSync(path)) return {}
  return readConfig(await readFile(path, 'utf8'), folder)
}

/** The same of a text that need not lie there yet. */
export async function readConfig(text: string, folder: string): Promise<AppConfig> {
  const exported = await evaluateConfig(text, folder)
  const { phases, ...options } = exported as AppConfig
  const checked = checkOptions(options, sources.file) as AppConfig
  if (phases === undefined) return checked
  const { checkPhases } = await import('./plugins/check.js')
  return { ...checked, phases: checkPhases(phases, CONFIG_FILE) }
}

/**
 * Runs the text of a config as if it lay in `folder`, which it need not.
 * @returns what it exports
 * @throws UserError when it cannot be run, or exports no object
 */
export async function evaluateConfig(text: string, folder: string): Promise<object> {
  const path = join(folder, CONFIG_FILE)
  const exported = await evaluate(text, path).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`${path} cannot be run: ${why}`, [], { cause })
  })
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported))
    throw new UserError(`${path} exports no config.`, [
      "Write: export default defineConfig({ … }), with defineConfig from 'create-ssot-app'.",
    ])
  return exported
}

/** A config that imports nothing but `defineConfig` and is plain JavaScript runs as it is; the compiler costs 0.15 s. */
async function evaluate(text: string, path: string): Promise<unknown> {
  const script = text.replace(
    /^import \{ defineConfig \} from (['"])create-ssot-app\1;?$/m,
    'const defineConfig = (config) => config',
  )
  if (!/\b(import|require)\b/.test(script)) {
    const module = await import(`data:text/javascript,${encodeURIComponent(script)}`).catch(
      () => null,
    )
    if (module) return (module as { default?: unknown }).default
  }
  return compile(text, path)
}

async function compile(text: string, path: string): Promise<unknown> {
  const jiti = await jitiFor(path)
  const module = (await jiti.evalModule(text, { filename: path, async: true })) as {
    readonly default?: unknown
  }
  return module.default
}

/** What runs TypeScript of an app. Our own modules are there already: nothing of them is found or compiled again. */
export async function jitiFor(path: string): Promise<Jiti> {
  const [{ createJiti }, index, kit] = await Promise.all([
    import('jiti'),
    import('./index.js'),
    import('./kit/index.js'),
  ])
  return createJiti(path, {
    fsCache: false,
    moduleCache: false,
    virtualModules: { 'create-ssot-app': index, 'create-ssot-app/kit': kit },
  })
}
