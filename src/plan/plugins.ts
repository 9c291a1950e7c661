import type { ActivePlugin } from '../plugins/choose.js'
import { callPlugin } from '../plugins/run.js'
import { UserError } from '../errors.js'
import type { AppView } from '../view/app.js'
import type { PackContribution } from './contribute.js'

/**
 * Asks every plugin for its contribution.
 * @throws UserError that names a plugin that throws, or whose contribution makes no sense
 */
export async function pluginContributions(
  app: AppView,
  plugins: readonly ActivePlugin[],
  packs: readonly string[],
): Promise<PackContribution[]> {
  if (plugins.length === 0) return []
  const { checkContribution } = await import('../plugins/check.js')
  return plugins.flatMap((active) => {
    const { plugin, origin, values } = active
    refuseId(plugin.id, packs)
    const given = callPlugin(active, 'contribute', () =>
      plugin.contribute(app, values.all as never),
    )
    const contribution = checkContribution(given, plugin.id)
    const { variable } = app.plugins.find(({ id }) => id === plugin.id)!
    const owner = { pack: plugin.id, folder: origin.folder, variable }
    // The package that a plugin comes in is needed to generate the app again.
    const own = origin.kind === 'npm' ? { [origin.packageName]: origin.specifier } : {}
    return [
      { ...owner, contribution },
      { ...owner, contribution: { devDependencies: own } },
    ]
  })
}

function refuseId(id: string, packs: readonly string[]): void {
  if (packs.includes(id))
    throw new UserError(`A plugin can't have the id '${id}': it is that of a part of every app.`)
}
