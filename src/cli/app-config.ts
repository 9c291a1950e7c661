import { loadConfigFile, readConfig } from '../config-file.js'
import {
  configOf,
  mergeGiven,
  readEnvironment,
  withDefaults,
  type AppConfig,
  type Config,
  type Options,
} from '../config.js'
import type { Given } from '../options.js'

/**
 * The same, where nothing is given on a command line.
 * @param text of the config that the app will have; without it, that which it has
 */
export const appConfigOf = async (
  root: string,
  env: NodeJS.ProcessEnv,
  text?: string,
): Promise<Config> => {
  const file = text === undefined ? undefined : await readConfig(text, root)
  return (await appConfig(root, readEnvironment(env), { cwd: root, env }, file)).config
}

/**
 * What an app is generated with: what is given, else its `ssot.config.ts`, else the defaults.
 * @param cwd where a path of a schema that is given was typed; one in the config is seen from the app
 */
export async function appConfig(
  root: string,
  given: Given,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
  written?: AppConfig,
): Promise<{ readonly options: Options; readonly config: Config }> {
  const { phases, ...file } = written ?? (await loadConfigFile(root))
  const schema = given.schema ?? file.schema ?? 'prisma'
  const options = { ...withDefaults(mergeGiven([given, file]), env), schema }
  const config = configOf(options, given.schema === undefined ? root : cwd)
  return { options, config: phases === undefined ? config : { ...config, phases } }
}
