import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { jitiFor } from '../config-file.js'
import { UserError } from '../errors.js'
import type { Plugin } from '../kit/plugin.js'
import { suggest } from '../nearest.js'
import { builtInNames, builtInOf } from './built-in.js'

/** Where an app's own plugins lie. */
const LOCAL_FOLDER = 'ssot/plugins'
const ENTRIES = ['plugin.ts', 'plugin.js', 'plugin.mjs']

/** Where a plugin comes from, and where its `files/` are. */
type Origin =
  /** `folder` is seen from this package. */
  | { readonly kind: 'built-in'; readonly folder: string }
  | { readonly kind: 'local'; readonly folder: string; readonly shown: string }
  | {
      readonly kind: 'npm'
      readonly folder: string
      readonly shown: string
      /** The package, and how the app's package.json names it. */
      readonly packageName: string
      readonly specifier: string
    }

export type FoundPlugin = {
  /** As the list of plugins names it: an id, or an npm package. */
  readonly name: string
  readonly plugin: Plugin
  readonly origin: Origin
}

/**
 * Loads a plugin: one in the app's `ssot/plugins`, one that comes with this tool, or an npm package that the app can
 * import.
 * @throws UserError when there is none of that name, it throws, or what it exports is no plugin
 */
export async function findPlugin(name: string, root: string): Promise<FoundPlugin> {
  const local = isId(name) ? localEntry(name, root) : null
  if (local !== null) return loadLocal(name, local, root)
  const known = builtInOf(name)
  if (known !== undefined) {
    const { plugin } = await known.load()
    return { name, plugin, origin: { kind: 'built-in', folder: `plugins/${name}` } }
  }
  const entry = isPackage(name) ? await packageEntry(name, root) : null
  if (entry === null) throw unknownPlugin(name, root)
  return loadPackage(name, entry, root)
}

const isId = (name: string): boolean => /^[a-z][a-z0-9-]*$/.test(name)
const isPackage = (name: string): boolean => /^(@[a-z0-9~][\w.~-]*\/)?[a-z0-9~][\w.~-]*$/.test(name)

/** Ids of the plugins in the app's own folder, sorted. */
export function localPlugins(root: string): string[] {
  const folder = join(root, LOCAL_FOLDER)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((name) => isId(name) && localEntry(name, root) !== null)
    .sort()
}

function localEntry(name: string, root: string): string | null {
  const paths = ENTRIES.map((entry) => join(root, LOCAL_FOLDER, name, entry))
  return paths.find((path) => existsSync(path)) ?? null
}

// What it is checked by takes longer to load than to use, and our own plugins need no check.
const checked = async (exported: unknown, name: string, shown: string): Promise<Plugin> =>
  (await import('./check.js')).checkPlugin(exported, name, shown)

async function loadLocal(name: string, path: string, root: string): Promise<FoundPlugin> {
  const shown = relative(root, path).replaceAll('\\', '/')
  const exported = await orNamed(name, shown, async () => (await jitiFor(path)).import(path))
  const plugin = await checked(exported, name, shown)
  if (plugin.id !== name)
    throw new UserError(`${shown} has the id '${plugin.id}'.`, [
      `The id is the name of the folder: '${name}'.`,
    ])
  return { name, plugin, origin: { kind: 'local', folder: dirname(path), shown } }
}

async function packageEntry(name: string, root: string): Promise<string | null> {
  const from = join(root, 'package.json')
  const found = (await jitiFor(from)).esmResolve(name, { try: true })
  return found?.startsWith('file:') ? fileURLToPath(found) : null
}

async function loadPackage(name: string, entry: string, root: string): Promise<FoundPlugin> {
  const exported = await orNamed(name, name, () => import(pathToFileURL(entry).href))
  const plugin = await checked(exported, name, name)
  if (builtInOf(plugin.id) !== undefined)
    throw new UserError(`The package ${name} has the id of a built-in plugin: '${plugin.id}'.`)
  const folder = packageFolder(entry)
  const specifier = specifierIn(root, name) ?? versionIn(folder)
  return {
    name,
    plugin,
    origin: { kind: 'npm', folder, shown: name, packageName: name, specifier },
  }
}

/** @throws UserError that names the plugin and keeps the cause, for whatever is thrown */
async function orNamed(name: string, shown: string, load: () => Promise<unknown>) {
  try {
    return await load()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`The plugin '${name}' (${shown}) can't be loaded: ${message}`, [], {
      cause,
    })
  }
}

function packageFolder(entry: string): string {
  let folder = dirname(entry)
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder)
    folder = dirname(folder)
  return folder
}

type PackageJson = {
  readonly version?: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

const readPackage = (folder: string): PackageJson =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson

const versionIn = (folder: string): string => readPackage(folder).version ?? '*'

/** As the user has it: what they wrote is not changed. */
function specifierIn(root: string, name: string): string | undefined {
  if (!existsSync(join(root, 'package.json'))) return undefined
  const { dependencies, devDependencies } = readPackage(root)
  return devDependencies?.[name] ?? dependencies?.[name]
}

function unknownPlugin(name: string, root: string): UserError {
  const known = [...new Set([...builtInNames, ...localPlugins(root)])].sort()
  return new UserError(`There is no plugin '${name}'.`, [
    ...suggest(name, known),
    `Or it is an npm package, to be installed first; or one of your own in ${LOCAL_FOLDER}/${name}/plugin.ts.`,
  ])
}
