import type { Clash } from './markers.js'

const IMPORT =
  /^import (?:type )?(?:(?<names>[^'"]+) from )?(?<quote>['"])(?<module>[^'"]+)\k<quote>;?$/

/**
 * Both sides added imports at one place: no conflict, though every line-based merge sees one. Lines the user added are
 * kept beside the new ones.
 * @returns the lines; null where they are not only imports, the user changed one, or two would clash
 */
export function mergeImports({ ours, base, theirs }: Clash): string[] | null {
  if (base.some((line) => !ours.includes(line))) return null
  const added = ours.filter((line) => !base.includes(line) && !theirs.includes(line))
  const lines = [...theirs, ...added]
  const parsed = [...lines, ...base].map((line) => IMPORT.exec(line)?.groups)
  if (parsed.some((groups) => groups === undefined)) return null
  const imports = parsed.slice(0, lines.length)
  const modules = imports.map((groups) => groups!['module'])
  const names = imports.flatMap((groups) => localNames(groups!['names'] ?? ''))
  return isUnique(modules) && isUnique(names) ? lines : null
}

/** The names that an import binds: of `a, { type b, c as d }` a, b and d. */
const localNames = (clause: string): string[] =>
  clause
    .split(/[{},]/)
    .map((part) => part.trim().split(/\s+/).at(-1)!)
    .filter((name) => name !== '')

const isUnique = (items: readonly unknown[]): boolean => new Set(items).size === items.length
