import { readFile, readdir, stat } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, sep } from 'node:path'
import { UserError } from '../errors.js'
import { pluginOfFile } from './plugin-file.js'

/** A schema file as it is on disk. */
export type SchemaText = {
  /** Path relative to the app's `prisma/` folder. */
  readonly path: string
  /** Path to show in messages. */
  readonly shown: string
  readonly content: string
}

/**
 * Reads a `.prisma` file, or all of a folder and the folders below it, sorted by path.
 * A single file becomes `schema.prisma`; those of a folder keep their names.
 * @param own leave out the files that plugins wrote
 * @throws UserError when there is no such thing, or it is not text
 */
export async function readSchema(path: string, own = false): Promise<SchemaText[]> {
  const found = await stat(path).catch(() => null)
  if (found === null)
    throw new UserError(`There is no schema at ${path}.`, [
      'Give the path of a .prisma file, or of a folder that holds some.',
    ])
  if (!found.isDirectory()) {
    if (!path.endsWith('.prisma'))
      throw new UserError(`${path} is not a .prisma file.`, [
        'Give the path of a .prisma file, or of a folder that holds some.',
      ])
    return [{ path: 'schema.prisma', shown: shorten(path), content: await readText(path) }]
  }
  const names = await listSchemas(path)
  if (names.length === 0)
    throw new UserError(`The folder ${path} holds no .prisma file.`, [
      'Give the folder that holds the schema, or the schema itself.',
    ])
  const texts = await Promise.all(
    names.map(async (name) => {
      const file = join(path, name)
      return { path: posix(name), shown: shorten(file), content: await readText(file) }
    }),
  )
  return own ? texts.filter(({ content }) => pluginOfFile(content) === null) : texts
}

async function listSchemas(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const schemas = names.filter(
    (name) => name.endsWith('.prisma') && !posix(name).split('/').includes('node_modules'),
  )
  const files = await Promise.all(
    schemas.map(async (name) => (await stat(join(folder, name))).isFile()),
  )
  return schemas.filter((_, i) => files[i]).sort((a, b) => (posix(a) < posix(b) ? -1 : 1))
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await readFile(path))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    throw new UserError(
      code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
        ? `${basename(path)} is not UTF-8 text.`
        : `${path} cannot be read (${code ?? 'unknown reason'}).`,
      ['Save the schema as UTF-8, and check its permissions.'],
      { cause },
    )
  }
}

const posix = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'))

/** Relative to the working folder where the file lies below it. */
function shorten(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') || isAbsolute(short) ? path : short
}
