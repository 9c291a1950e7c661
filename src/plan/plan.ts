import type { Contributed, EnvVar, FileSpec, Pack } from '../kit/index.js'
import type { AppView } from '../view/app.js'
import { contributionsOf, mergeContributions, type PackContribution } from './contribute.js'

/** A file that will be: its view is plain data, and one pack owns it. */
export type PlannedFile = Omit<FileSpec, 'view'> & {
  readonly view?: object
  readonly owner: string
}

export type Plan = {
  /** Sorted by path. */
  readonly files: readonly PlannedFile[]
  /** Variables that `.env` gets at set-up. */
  readonly env: readonly EnvVar[]
}

/**
 * Turns packs into the list of files an app consists of. Pure.
 * @throws Error when two packs own one path, or a path leaves the app
 */
export function planFiles(
  app: AppView,
  packs: readonly Pack[],
  versions: Readonly<Record<string, string>>,
): Plan {
  const contributions = contributionsOf(app, packs)
  const all = mergeContributions(contributions, versions)
  const files = contributions.flatMap((item) => ownedFiles(item, all))
  const owners = new Map<string, string>()
  for (const file of files) {
    const key = checkedPath(file.path).toLowerCase()
    const owner = owners.get(key)
    if (owner !== undefined)
      throw new Error(`'${file.path}' is planned by two packs: ${owner} and ${file.owner}.`)
    owners.set(key, file.owner)
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), env: all.env }
}

const ownedFiles = ({ pack, contribution }: PackContribution, all: Contributed): PlannedFile[] =>
  (contribution.files ?? []).map(({ view, ...file }) => ({
    ...file,
    owner: pack,
    ...(view === undefined ? {} : { view: typeof view === 'function' ? view(all) : view }),
  }))

function checkedPath(path: string): string {
  const segments = path.split('/')
  if (
    path.includes('\\') ||
    segments.some((s) => s === '' || s === '.' || s === '..' || s.includes(':'))
  )
    throw new Error(`'${path}' is not a path inside the app.`)
  return path
}
