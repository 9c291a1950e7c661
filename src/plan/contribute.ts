import {
  SLOTS,
  type Contributed,
  type Contribution,
  type EnvVar,
  type Pack,
  type Slot,
} from '../kit/index.js'
import type { AppView } from '../view/app.js'

/** A pack with what it said for this app. */
export type PackContribution = { readonly pack: string; readonly contribution: Contribution }

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
  return active.map((pack) => ({ pack: pack.id, contribution: pack.contribute(app) }))
}

/**
 * Adds up what the packs said, sorted so that the order of packs leaves no trace.
 * @param versions version by package name, from templates/versions/package.json
 * @throws Error when a package has no pinned version, or two packs give one name two meanings
 */
export function mergeContributions(
  list: readonly PackContribution[],
  versions: Readonly<Record<string, string>>,
): Contributed {
  const all = list.map((item) => item.contribution)
  const dependencies = pinned(
    all.flatMap((c) => c.dependencies ?? []),
    versions,
  )
  const dev = all.flatMap((c) => c.devDependencies ?? []).filter((name) => !(name in dependencies))
  return {
    dependencies,
    devDependencies: pinned(dev, versions),
    scripts: sorted(unite(list, (c) => Object.entries(c.scripts ?? {}), 'script')),
    env: uniteEnv(list),
    slots: Object.fromEntries(
      SLOTS.map((slot) => [slot, [...new Set(all.flatMap((c) => c.slots?.[slot] ?? []))].sort()]),
    ) as Record<Slot, string[]>,
  }
}

function pinned(names: readonly string[], versions: Readonly<Record<string, string>>) {
  const entries = names.map((name) => {
    const version = versions[name]
    if (version === undefined)
      throw new Error(`Package '${name}' has no version in templates/versions/package.json.`)
    return [name, version] as const
  })
  return sorted(new Map(entries))
}

function unite<T>(
  list: readonly PackContribution[],
  entriesOf: (contribution: Contribution) => readonly (readonly [string, T])[],
  what: string,
): Map<string, T> {
  const found = new Map<string, T>()
  for (const { pack, contribution } of list)
    for (const [name, value] of entriesOf(contribution)) {
      if (found.has(name) && JSON.stringify(found.get(name)) !== JSON.stringify(value))
        throw new Error(`Pack '${pack}' gives ${what} '${name}' a second meaning.`)
      found.set(name, value)
    }
  return found
}

const uniteEnv = (list: readonly PackContribution[]): EnvVar[] => [
  ...unite(list, (c) => (c.env ?? []).map((v) => [v.name, v] as const), 'variable').values(),
]

const sorted = <T>(entries: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)))
