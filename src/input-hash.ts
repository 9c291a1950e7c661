import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Config } from './config.js'
import { VERSION } from './version.js'

/** A schema file's path, POSIX and relative to `prisma/`, and its text as it is on disk. */
export type SchemaText = readonly [path: string, text: string]

/**
 * sha256 over all that a run's output depends on, disk aside: generator version, choices, schema text.
 * Cheap, so that a run with nothing to do ends before it loads anything.
 */
export function inputHash(config: Config, schema: readonly SchemaText[]): string {
  const { framework, mode, plugins, ui, pm, format } = config
  const hash = createHash('sha256')
  hash.update(JSON.stringify([VERSION, framework, mode, plugins, ui, pm, format]))
  for (const [path, text] of schema.toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\0${path}\0${text}`)
  return hash.digest('hex')
}

/** Reads the schema of an app that is there: a file, or a folder of `.prisma` files. */
export async function readSchemaTexts(path: string): Promise<SchemaText[]> {
  if ((await stat(path)).isFile()) return [['schema.prisma', await readFile(path, 'utf8')]]
  const names = await readdir(path, { recursive: true })
  return Promise.all(
    names
      .filter((name) => name.endsWith('.prisma'))
      .map(async (name): Promise<SchemaText> => {
        const file = join(path, name)
        return [relative(path, file).replaceAll('\\', '/'), await readFile(file, 'utf8')]
      }),
  )
}
