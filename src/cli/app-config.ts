import { loadConfigFile } from '../config-file.js'
import { configOf, mergeGiven, readEnvironment, withDefaults, type Config } from '../config.js'

/** What an app is generated with when nothing is given on a command line: its `ssot.config.ts`, else the defaults. */
export async function appConfig(root: string, env: NodeJS.ProcessEnv): Promise<Config> {
  const file = await loadConfigFile(root)
  const options = withDefaults(mergeGiven([readEnvironment(env), file]), env)
  return configOf({ ...options, schema: file.schema ?? 'prisma' }, root)
}
