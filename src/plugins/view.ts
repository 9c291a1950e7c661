import type { Config } from '../config.js'
import type { Notice, Schema } from '../schema/model.js'
import { isGoverned } from '../view/policy/model.js'
import type { PluginView } from '../view/app.js'
import type { ActivePlugin } from './choose.js'

/** What packs and templates know of a plugin. */
export const viewPlugin = ({ name, plugin, origin, values, why }: ActivePlugin): PluginView => ({
  id: plugin.id,
  category: plugin.category,
  listed: why === 'schema' ? null : name,
  variable: variableOf(plugin.id),
  local: origin.kind === 'local',
  options: values.all,
  given: values.given,
})

/** What its files are imported as: `usageTracker`. */
export const variableOf = (id: string): string =>
  id.replace(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()).replaceAll('-', '')

/** What nobody asked for by name is told. */
export const noticesOf = (plugins: readonly ActivePlugin[]): Notice[] =>
  plugins.flatMap(({ plugin: { id }, why }): Notice[] => {
    if (why === 'chosen') return []
    const reason = why === 'schema' ? 'the schema asks for it' : `${why.requiredBy} needs it`
    return [{ code: 'plugin', message: `The plugin ${id} comes along: ${reason}.` }]
  })

/** Where the schema says who may do what, and there is no way to sign in. */
export const unreachable = (schema: Schema, plugins: readonly ActivePlugin[]): Notice[] =>
  !schema.models.some(isGoverned) || plugins.some(({ plugin }) => plugin.category === 'auth')
    ? []
    : [
        {
          code: 'sign-in',
          message:
            'Policies are enforced, and nobody can sign in yet: add an auth plugin, or a function of your own to src/http/authenticate.ts.',
        },
      ]

/** A config as the next run will read it, with the plugins that came along by name. */
export const configAfter = (config: Config, plugins: readonly ActivePlugin[]): Config => ({
  ...config,
  plugins: plugins.filter(({ why }) => why !== 'schema').map(({ name }) => name),
})
