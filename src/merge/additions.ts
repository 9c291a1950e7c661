import type { Clash } from './markers.js'

/** Stands above a generated list: what is added to it by different hands does not clash. */
const LIST = '// One line each, yours among them.'

const ELEMENT = /^\s*(?:\.\.\.)?[\w$.]+(?:\([^()]*\))?,$/
const IMPORT =
  /^import (?:type )?(?:(?<names>[^'"]+) from )?(?<quote>['"])(?<module>[^'"]+)\k<quote>;?$/

/**
 * Both sides added imports, or elements of a list, at one place: no conflict, though every line-based merge sees one.
 * Nor is it one where the user wrote before what is generated now, and something beside it.
 * @param before the lines above the place, in the text that both came from
 * @returns new lines and those of the user; null where these are other lines, the user changed one, or two would clash
 */
export function mergeAdditions(clash: Clash, before: readonly string[]): readonly string[] | null {
  const { ours, base, theirs } = clash
  if (isAnticipated(clash)) return ours
  if (base.some((line) => !ours.includes(line))) return null
  const added = ours.filter((line) => !base.includes(line) && !theirs.includes(line))
  const lines = [...theirs, ...added]
  const fit = areImports([...lines, ...base]) ? areApart(lines) : areListed(lines, before)
  return fit ? lines : null
}

/** True where all the lines that are new stand in those of the user, in one piece. */
function isAnticipated({ ours, base, theirs }: Clash): boolean {
  if (theirs.length === 0 || theirs.some((line) => base.includes(line))) return false
  return ours.some((_, start) => theirs.every((line, at) => ours[start + at] === line))
}

const areImports = (lines: readonly string[]): boolean => lines.every((line) => IMPORT.test(line))

/** True where imports name different modules and bind different names. */
function areApart(lines: readonly string[]): boolean {
  const imports = lines.map((line) => IMPORT.exec(line)!.groups!)
  const names = imports.flatMap(({ names }) => localNames(names ?? ''))
  return isUnique(imports.map(({ module }) => module)) && isUnique(names)
}

/** The names that an import binds: of `a, { type b, c as d }` a, b and d. */
const localNames = (clause: string): string[] =>
  clause
    .split(/[{},]/)
    .map((part) => part.trim().split(/\s+/).at(-1)!)
    .filter((name) => name !== '')

function areListed(lines: readonly string[], before: readonly string[]): boolean {
  const head = before.findLast((line) => !ELEMENT.test(line))
  return head?.trim() === LIST && lines.every((line) => ELEMENT.test(line)) && isUnique(lines)
}

const isUnique = (items: readonly unknown[]): boolean => new Set(items).size === items.length
