import type { Clash } from './markers.js'

/**
 * One side changed lines, the other put new ones beside them: the last method of an object is generated otherwise, and
 * the user has added one behind it. What was added can be read as beginning, or ending, with a line that both have
 * there (`},`), so that this line parts the two and they do not clash.
 * @param before the line above the place, and `after` the one below it; undefined where there is none
 * @returns null where they do clash
 */
export const mergeApart = (
  { ours, base, theirs }: Clash,
  before: string | undefined,
  after: string | undefined,
): string[] | null =>
  beside(ours, base, theirs, before, after) ?? beside(theirs, base, ours, before, after)

function beside(
  grown: readonly string[],
  base: readonly string[],
  changed: readonly string[],
  before: string | undefined,
  after: string | undefined,
): string[] | null {
  const count = grown.length - base.length
  if (count <= 0 || base.length === 0 || changed.length === 0) return null
  const behind = grown.slice(base.length)
  if (isEqual(grown.slice(0, base.length), base) && behind[0] === after)
    return [...changed, ...behind]
  const ahead = grown.slice(0, count)
  if (isEqual(grown.slice(count), base) && ahead.at(-1) === before) return [...ahead, ...changed]
  return null
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((line, index) => line === b[index])
