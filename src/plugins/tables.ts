import { UserError } from '../errors.js'
import type { Plan } from '../plan/plan.js'
import { formatSchema, loadSchema } from '../schema/load.js'
import type { Schema } from '../schema/model.js'
import { pluginHeader } from '../schema/plugin-file.js'
import { readSource, type Source } from '../schema/source.js'

/**
 * Proves that the tables of plugins and the user's schema fit together, and lays them out as Prisma does.
 * @returns the plan with their files
 * @throws UserError that names the plugin where they do not
 */
export async function placeTables(plan: Plan, schema: Schema): Promise<Plan> {
  const tables = await Promise.all(
    plan.schemas.map(async ({ plugin, content }) => ({
      plugin,
      path: `${plugin}.prisma`,
      content: `${pluginHeader(plugin)}\n\n${(await formatSchema(content)).trim()}\n`,
    })),
  )
  refuseSameNames(tables, schema)
  const files = [
    ...schema.files.map((file) => ({ ...file, shown: `prisma/${file.path}` })),
    ...tables.map(({ path, plugin, content }) => ({ path, content, shown: `plugin ${plugin}` })),
  ]
  await loadSchema({ files }).catch((cause: unknown) => {
    if (!(cause instanceof UserError)) throw cause
    const ids = tables.map(({ plugin }) => plugin).join(', ')
    throw new UserError(
      `The tables of a plugin (${ids}) do not fit the schema. ${cause.message}`,
      cause.remedies,
      { cause },
    )
  })
  const texts = new Map(tables.map(({ path, content }) => [`prisma/${path}`, content]))
  return {
    ...plan,
    files: plan.files.map((file) => {
      const text = texts.get(file.path)
      return text === undefined ? file : { ...file, text }
    }),
  }
}

type Table = { readonly plugin: string; readonly path: string; readonly content: string }

/** Prisma would name two places, and not say that one of them is no file of the user's. */
function refuseSameNames(tables: readonly Table[], schema: Schema): void {
  const owners = new Map<string, string>()
  for (const { path, content } of schema.files)
    for (const name of namesIn(path, content)) owners.set(name, `your schema (prisma/${path})`)
  for (const { plugin, path, content } of tables)
    for (const name of namesIn(path, content)) {
      const owner = owners.get(name)
      if (owner !== undefined)
        throw new UserError(
          `The plugin '${plugin}' has a model or enum ${name}, and so has ${owner}.`,
          [`Rename yours, or take the plugin out: ssot remove ${plugin}.`],
        )
      owners.set(name, `the plugin '${plugin}'`)
    }
}

const NAMED: ReadonlySet<Source['blocks'][number]['kind']> = new Set([
  'model',
  'view',
  'enum',
  'type',
])

const namesIn = (path: string, content: string): string[] =>
  readSource({ path, shown: path, content })
    .blocks.filter(({ kind }) => NAMED.has(kind))
    .map(({ name }) => name)
