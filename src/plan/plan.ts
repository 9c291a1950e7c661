import type { Contributed, EnvVar, FileSpec, Pack } from '../kit/index.js'
import type { ActivePlugin } from '../plugins/choose.js'
import { isForPlugins } from '../safe-path.js'
import type { AppView } from '../view/app.js'
import {
  clash,
  contributionsOf,
  mergeContributions,
  ownerName,
  type PackContribution,
} from './contribute.js'
import { pluginContributions } from './plugins.js'

/** A file that will be: its view is plain data, and one pack or plugin owns it. */
export type PlannedFile = Omit<FileSpec, 'view' | 'when'> & {
  readonly view?: object
  readonly owner: string
  /** Folder that holds the owner's `files/`: absolute, or seen from this package. */
  readonly folder: string
  /** Its text, where no template makes it. */
  readonly text?: string
}

export type Plan = {
  /** Sorted by path. */
  readonly files: readonly PlannedFile[]
  /** Variables that `.env` gets at set-up. */
  readonly env: readonly EnvVar[]
  /** Tables of plugins, as they wrote them. */
  readonly schemas: readonly { readonly plugin: string; readonly content: string }[]
}

/**
 * Turns packs and plugins into the list of files an app consists of. Pure.
 * @throws Error when two packs own one path, or a path leaves the app; UserError where a plugin has to do with it
 */
export async function planFiles(
  app: AppView,
  packs: readonly Pack[],
  plugins: readonly ActivePlugin[],
  versions: Readonly<Record<string, string>>,
): Promise<Plan> {
  const ours = contributionsOf(app, packs)
  const ids = packs.map(({ id }) => id)
  const theirs = await pluginContributions(app, plugins, ids)
  const contributions = [...ours, ...theirs]
  refuseRoutes(app, contributions)
  const all = mergeContributions(contributions, versions)
  const owned = contributions.flatMap((owner) =>
    ownedFiles(owner, all).map((file) => ({ file, owner })),
  )
  refuseSamePaths(owned)
  const files = owned.map(({ file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1))
  return { files, env: all.env, schemas: schemasOf(theirs) }
}

function ownedFiles(owner: PackContribution, all: Contributed): PlannedFile[] {
  const { pack, folder, contribution } = owner
  const files = (contribution.files ?? [])
    .filter(({ when }) => when?.(all) ?? true)
    .map(({ path, template, view, onExisting, executable }): PlannedFile => ({
      ...{ path, template, onExisting, executable, owner: pack, folder },
      ...(view === undefined ? {} : { view: typeof view === 'function' ? view(all) : view }),
    }))
  if (contribution.schema === undefined) return files
  const path = `prisma/${pack}.prisma`
  return [...files, { path, template: 'schema', owner: pack, folder, text: contribution.schema }]
}

const schemasOf = (plugins: readonly PackContribution[]): Plan['schemas'] =>
  plugins.flatMap(({ pack, contribution: { schema } }) =>
    schema === undefined ? [] : [{ plugin: pack, content: schema }],
  )

function refuseSamePaths(
  owned: readonly { readonly file: PlannedFile; readonly owner: PackContribution }[],
): void {
  const owners = new Map<string, PackContribution>()
  for (const { file, owner } of owned) {
    const key = checkedPath(file.path, owner).toLowerCase()
    const other = owners.get(key)
    if (other !== undefined)
      throw clash(
        `'${file.path}' is planned twice: by ${ownerName(other)} and by ${ownerName(owner)}.`,
        [other, owner],
      )
    owners.set(key, owner)
  }
}

function checkedPath(path: string, owner: PackContribution): string {
  if (!isForPlugins(path))
    throw clash(`'${path}' of ${ownerName(owner)} is not a path inside the app.`, [owner])
  return path
}

/** An endpoint stands before the models: it would take the requests of one. */
function refuseRoutes(app: AppView, contributions: readonly PackContribution[]): void {
  const taken = new Map<string, string>(
    app.models.map((model) => [`/api/${model.path}`, `the model ${model.name}`]),
  )
  for (const owner of contributions)
    for (const { method, path } of owner.contribution.routes ?? []) {
      const model = taken.get(path.split('/').slice(0, 3).join('/'))
      const other = taken.get(`${method} ${path}`) ?? model
      if (other !== undefined)
        throw clash(`${method} ${path} of ${ownerName(owner)} is taken by ${other}.`, [owner])
      taken.set(`${method} ${path}`, ownerName(owner))
    }
}
