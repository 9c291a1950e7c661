import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import type { Config } from './config.js'
import { CONFIG_FILE } from './config-file.js'
import { pluginOfFile } from './schema/plugin-file.js'
import { VERSION } from './version.js'

/** A path, POSIX and relative to `prisma/`, and its text as it is on disk. */
export type InputText = readonly [path: string, text: string]

/**
 * sha256 over all that a run's output depends on, disk aside: generator version, choices, schema text, and the
 * plugins that are not ours. Cheap, so that a run with nothing to do ends before it loads anything.
 */
export function inputHash(config: Config, texts: readonly InputText[]): string {
  const { framework, mode, plugins, pluginOptions, ui, pm, format } = config
  const hash = createHash('sha256')
  hash.update(JSON.stringify([VERSION, framework, mode, plugins, pluginOptions, ui, pm, format]))
  for (const [path, text] of texts.toSorted(([a], [b]) => (a < b ? -1 : 1)))
    hash.update(`\0${path}\0${text}`)
  return hash.digest('hex')
}

/** Reads all that `inputHash` depends on in an app that is there. */
export const readInputTexts = async (root: string, config: Config): Promise<InputText[]> => [
  ...(await readSchemaTexts(config.schema)),
  ...readOwnTexts(root, config),
]

/** Reads a schema, a file or a folder of them, without the files that plugins wrote. */
async function readSchemaTexts(path: string): Promise<InputText[]> {
  if ((await stat(path)).isFile()) return [['schema.prisma', await readFile(path, 'utf8')]]
  const names = await readdir(path, { recursive: true })
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.prisma'))
      .map(async (name): Promise<InputText> => {
        const file = join(path, name)
        return [posix(relative(path, file)), await readFile(file, 'utf8')]
      }),
  )
  return texts.filter(([, text]) => pluginOfFile(text) === null)
}

/**
 * The code that an app brings to generation: its plugins, what says the versions of others, its phases.
 * @param configText the config as it will be on disk; not given: as it is
 */
export function readOwnTexts(
  root: string,
  { plugins, phases }: Config,
  configText?: string,
): InputText[] {
  const texts = plugins.flatMap((name) => {
    const local = join(root, 'ssot', 'plugins', name)
    return existsSync(local) ? folderTexts(root, local) : packageTexts(root, name)
  })
  if (phases === undefined) return texts
  const config = configText ?? readFileSync(join(root, CONFIG_FILE), 'utf8')
  return [...texts, [`../${CONFIG_FILE}`, config]]
}

const folderTexts = (root: string, folder: string): InputText[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => textOf(root, join(entry.parentPath, entry.name)))

/** A package tells by its version that it has changed; those of ours are as old as this tool. */
function packageTexts(root: string, name: string): InputText[] {
  for (let folder = root; ; folder = dirname(folder)) {
    const manifest = join(folder, 'node_modules', name, 'package.json')
    if (existsSync(manifest)) return [[`../${name}`, readFileSync(manifest, 'utf8')]]
    if (folder === dirname(folder)) return []
  }
}

const textOf = (root: string, path: string): InputText => [
  `../${posix(relative(root, path))}`,
  readFileSync(path, 'latin1'),
]

const posix = (path: string): string => path.replaceAll('\\', '/')
