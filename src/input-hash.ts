import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { GenerateInput } from './state.js'
import { VERSION } from './version.js'

/**
 * sha256 over all that a run's output depends on, disk aside: generator version, choices, schema text as it is.
 * Cheap, so that a run with nothing to do ends before it loads anything.
 */
export async function inputHash({
  config,
  root,
}: Pick<GenerateInput, 'config' | 'root'>): Promise<string> {
  const { framework, mode, plugins, ui, pm, format, database } = config
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      VERSION,
      root.split(/[\\/]/).at(-1),
      framework,
      mode,
      plugins,
      ui,
      pm,
      format,
      database,
    ]),
  )
  for (const path of await schemaFiles(config.schema)) {
    hash.update(`\0${relative(config.schema, path).replaceAll('\\', '/')}\0`)
    hash.update(await readFile(path))
  }
  return hash.digest('hex')
}

async function schemaFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  const names = await readdir(path, { recursive: true })
  return names
    .filter((name) => name.endsWith('.prisma'))
    .sort()
    .map((name) => join(path, name))
}
