import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from './errors.js'
import type { Category } from './kit/plugin.js'
import { packs } from './packs.js'
import type { PlannedFile } from './plan/plan.js'
import { builtInNames } from './plugins/built-in.js'
import { variableOf } from './plugins/view.js'
import { formatFiles } from './render/format.js'
import { renderFiles } from './render/render.js'
import { stringLiteral, commentText } from './view/text.js'
import { commit } from './write/commit.js'

/** What a plugin of an app's own begins with. */
export type NewPlugin = {
  readonly id: string
  readonly category: Category
  readonly description: string
}

/**
 * Writes a plugin into the app's own folder, which works as it is.
 * @returns the paths of its files
 * @throws UserError for a name that will not do
 */
export async function newPlugin(
  root: string,
  plugin: NewPlugin,
  signal: AbortSignal,
): Promise<string[]> {
  checkId(root, plugin.id)
  const planned = filesOf(plugin)
  const files = await formatFiles(await renderFiles(planned), planned.length)
  const changes = files.map(({ path, text }) => ({ path, content: text }))
  await commit(root, changes, { concurrency: planned.length, signal })
  return planned.map(({ path }) => path)
}

/** @throws UserError that says why a plugin can't be called so */
export function checkId(root: string, id: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    throw new UserError(`A plugin can't be called '${id}'.`, [
      'Give a name of small letters, digits and single hyphens: order-mails',
    ])
  if (existsSync(join(root, 'ssot', 'plugins', id)))
    throw new UserError(`There is a plugin ssot/plugins/${id} already.`)
  if (builtInNames.includes(id) || packs.some((pack) => pack.id === id))
    throw new UserError(`'${id}' is the name of a part of create-ssot-app.`, ['Choose another.'])
}

function filesOf({ id, category, description }: NewPlugin): PlannedFile[] {
  const label = id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ')
  const name = variableOf(id)
  const view = {
    ...{ id, category, name, about: commentText(description) },
    description: stringLiteral(description),
    // A model can't be called so: its name has no space.
    label: stringLiteral(`${label} plugin`),
    variable: `${id.replaceAll('-', '_').toUpperCase()}_GREETING`,
    operation: `greetBy${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  }
  return [
    ['plugin.ts', 'plugin.ts'],
    [`files/src/plugins/${id}/index.ts`, 'files/src/plugins/plugin/index.ts'],
    [`files/test/plugins/${id}.test.ts`, 'files/test/plugins/plugin.test.ts'],
  ].map(([path, template]) => ({
    path: `ssot/plugins/${id}/${path}`,
    template: `${template}.hbs`,
    folder: 'templates/local-plugin',
    owner: 'local-plugin',
    view,
  }))
}
