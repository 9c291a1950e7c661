import type { OptionValues, Plugin } from '../kit/plugin.js'

type BuiltIn = {
  load(): Promise<{ readonly plugin: Plugin }>
  /** True where the schema alone may call for it: such a plugin is loaded in every run, the others when chosen. */
  readonly activates?: true
}

/** The plugins that come with this tool, each loaded when it is needed. */
export const builtIn = {
  'api-key': { load: () => import('../../plugins/api-key/plugin.js') },
  google: { load: () => import('../../plugins/google/plugin.js') },
  jwt: { load: () => import('../../plugins/jwt/plugin.js') },
  rls: { load: () => import('../../plugins/rls/plugin.js') },
  'usage-tracker': { load: () => import('../../plugins/usage-tracker/plugin.js') },
} as const satisfies Readonly<Record<string, BuiltIn>>

type Table = typeof builtIn
type PluginOf<K extends keyof Table> = Awaited<ReturnType<Table[K]['load']>>['plugin']

/** `pluginOptions` of the plugins whose options are known to the compiler. */
export type BuiltInOptions = {
  readonly [K in keyof Table]?: Partial<OptionValues<PluginOf<K>['options']>>
}

export const builtInNames: readonly string[] = Object.keys(builtIn)

export const builtInOf = (name: string): BuiltIn | undefined =>
  Object.hasOwn(builtIn, name) ? builtIn[name as keyof Table] : undefined
