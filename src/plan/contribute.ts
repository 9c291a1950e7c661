import { UserError } from '../errors.js'
import {
  SLOTS,
  type Contributed,
  type EnvVar,
  type Pack,
  type PluginContribution,
  type Slot,
} from '../kit/index.js'
import type { AppView } from '../view/app.js'

/** A pack or plugin with what it said for this app. */
export type PackContribution = {
  readonly pack: string
  /** Folder that holds its `files/`: absolute, or seen from this package. */
  readonly folder: string
  /** Of a plugin: what its files are imported as. */
  readonly variable?: string
  readonly contribution: PluginContribution
}

/**
 * Asks every pack that applies to the app for its contribution.
 * @throws Error when a pack needs another that is not there: a mistake in the list of packs
 */
export function contributionsOf(app: AppView, packs: readonly Pack[]): PackContribution[] {
  const active = packs.filter((pack) => pack.when?.(app) ?? true)
  const ids = new Set(active.map((pack) => pack.id))
  for (const pack of active) {
    const missing = pack.needs?.filter((id) => !ids.has(id)) ?? []
    if (missing.length > 0) throw new Error(`Pack '${pack.id}' needs ${missing.join(', ')}.`)
  }
  return active.map((pack) => ({
    pack: pack.id,
    folder: `templates/${pack.id}`,
    contribution: pack.contribute(app),
  }))
}

/**
 * Adds up what packs and plugins said, sorted so that their order leaves no trace.
 * @param versions version by package name, from templates/versions/package.json
 * @throws Error when a package has no pinned version, or two packs give one name two meanings; UserError where a plugin
 * does
 */
export function mergeContributions(
  list: readonly PackContribution[],
  versions: Readonly<Record<string, string>>,
): Contributed {
  const dependencies = unite(list, (c, owner) => pinned(c.dependencies, versions, owner), 'package')
  const dev = unite(list, (c, owner) => pinned(c.devDependencies, versions, owner), 'package')
  const env = unite(list, (c) => (c.env ?? []).map((v) => [v.name, v] as const), 'variable')
  return {
    dependencies: sorted(dependencies),
    devDependencies: sorted(new Map([...dev].filter(([name]) => !dependencies.has(name)))),
    scripts: sorted(unite(list, (c) => Object.entries(c.scripts ?? {}), 'script')),
    env: [...env.values()] satisfies EnvVar[],
    slots: bySlot((slot) => list.flatMap(({ contribution }) => contribution.slots?.[slot] ?? [])),
    filledBy: bySlot((slot) =>
      list.flatMap((owner) =>
        owner.variable !== undefined &&
        isImported(owner) &&
        (owner.contribution.slots?.[slot] ?? []).length > 0
          ? [owner.variable]
          : [],
      ),
    ),
    routes: list.flatMap(({ contribution }) => contribution.routes ?? []),
  }
}

/** Does it have the file that others import? */
const isImported = ({ pack, contribution: { files = [] } }: PackContribution): boolean =>
  files.some(({ path }) => path === `src/plugins/${pack}/index.ts`)

/** Sorted, each once. */
const bySlot = (linesOf: (slot: Slot) => readonly string[]): Record<Slot, string[]> =>
  Object.fromEntries(SLOTS.map((slot) => [slot, [...new Set(linesOf(slot))].sort()])) as Record<
    Slot,
    string[]
  >

type Packages = PluginContribution['dependencies']

/** Versions of packages; a name alone stands for the version that we pin. */
function pinned(
  packages: Packages = [],
  versions: Readonly<Record<string, string>>,
  owner: PackContribution,
): readonly (readonly [string, string])[] {
  if (!Array.isArray(packages)) return Object.entries(packages)
  return (packages as readonly string[]).map((name) => {
    const version = versions[name]
    if (version === undefined)
      throw clash(
        `The package '${name}' of ${ownerName(owner)} has no version: this tool pins none for it.`,
        [owner],
      )
    return [name, version] as const
  })
}

function unite<T>(
  list: readonly PackContribution[],
  entriesOf: (
    contribution: PluginContribution,
    owner: PackContribution,
  ) => readonly (readonly [string, T])[],
  what: string,
): Map<string, T> {
  const found = new Map<string, { readonly value: T; readonly owner: PackContribution }>()
  for (const owner of list)
    for (const [name, value] of entriesOf(owner.contribution, owner)) {
      const known = found.get(name)
      if (known !== undefined && JSON.stringify(known.value) !== JSON.stringify(value))
        throw clash(
          `The ${what} '${name}' has one meaning in ${ownerName(known.owner)} and another in ${ownerName(owner)}.`,
          [known.owner, owner],
        )
      found.set(name, { value, owner })
    }
  return new Map([...found].map(([name, { value }]) => [name, value]))
}

/** In messages: `the plugin 'jwt'`. */
export const ownerName = ({ pack, variable }: PackContribution): string =>
  variable === undefined ? `the pack '${pack}'` : `the plugin '${pack}'`

/** Two of ours that clash are a mistake of ours; a plugin can be left out. */
export function clash(message: string, owners: readonly PackContribution[]): Error {
  const plugin = owners.find(({ variable }) => variable !== undefined)
  return plugin === undefined
    ? new Error(message)
    : new UserError(message, [`Change the plugin, or take it out: ssot remove ${plugin.pack}.`])
}

const sorted = <T>(entries: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
