import type { NodePlopAPI } from 'node-plop'
import { appRecipe, type Host } from './recipes/app.js'

/** Registers the recipes and the one action type. The bins pass their host; under plain `plop` there is none yet. */
export default async function plopfile(
  plop: NodePlopAPI,
  config: { host?: Host } = {},
): Promise<void> {
  const host = config.host ?? (await (await import('./src/cli/host.js')).terminalHost())
  // node-plop brings an older inquirer; questions are asked by ours, and where nobody is there to answer by none.
  const inquirer = host.ask ? (await import('inquirer')).default : { prompt: async () => ({}) }
  Object.assign(plop, { inquirer })
  plop.setActionType('ssot', (answers) => host.run(answers))
  plop.setGenerator('app', appRecipe(host))
}
