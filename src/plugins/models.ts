import { UserError } from '../errors.js'
import type { Manifest } from '../merge/manifest.js'
import type { Schema, SchemaFile } from '../schema/model.js'
import type { ActivePlugin } from './choose.js'
import { callPlugin } from './run.js'

/**
 * The files of the schema that plugins give to the user, as the user's has no such models.
 * @throws UserError for a file that is in the way, or that was given before and is gone
 */
export function givenModels(
  plugins: readonly ActivePlugin[],
  schema: Schema,
  previous: Manifest | null,
): SchemaFile[] {
  const given: SchemaFile[] = []
  for (const active of plugins) {
    const { id } = active.plugin
    const file = callPlugin(
      active,
      'models',
      () => active.plugin.models?.(schema, active.values.all as never) ?? null,
    )
    // Two plugins may lack the same model.
    const same = given.some(({ path, content }) => path === file?.file && content === file.content)
    if (file === null || same) continue
    checkFile(id, file.file, [...schema.files, ...given])
    if (previous?.outputs.some(({ path }) => path === `prisma/${file.file}`))
      throw new UserError(
        `The plugin '${id}' needs a model of prisma/${file.file}, which is gone from the schema.`,
        [`Write it again, or take the plugin out: ssot remove ${id}.`],
      )
    given.push({ path: file.file, content: file.content })
  }
  return given
}

function checkFile(id: string, name: string, others: readonly SchemaFile[]): void {
  if (!/^[\w-]+\.prisma$/.test(name))
    throw new UserError(`The plugin '${id}' gives a model in a file that is none: '${name}'.`)
  if (others.some(({ path }) => path.toLowerCase() === name.toLowerCase()))
    throw new UserError(
      `The plugin '${id}' would write prisma/${name}, and there is such a file already.`,
      ['Rename yours.'],
    )
}
