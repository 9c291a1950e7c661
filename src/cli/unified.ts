import { diffIndices } from 'node-diff3'

/** Lines around a change that are shown with it. */
const CONTEXT = 3
const OPEN = '\\ No newline at end of file'

type Hunk = {
  readonly from: number
  readonly to: number
  readonly old: string[]
  readonly new: string[]
}

/**
 * The difference of two versions of a file in the format of `diff -u`, which `git apply` takes.
 * @param before null: the file is new
 * @param after null: the file goes
 * @param from where the file lay before
 * @returns lines; none where both are the same
 */
export function unifiedDiff(
  path: string,
  before: string | null,
  after: string | null,
  from = path,
): string[] {
  const [a, b] = [linesOf(before ?? ''), linesOf(after ?? '')]
  const hunks = hunksOf(a, b)
  const moved =
    from === path
      ? []
      : [`diff --git a/${from} b/${path}`, `rename from ${from}`, `rename to ${path}`]
  if (hunks.length === 0) return moved
  return [
    ...moved,
    before === null ? '--- /dev/null' : `--- a/${from}`,
    after === null ? '+++ /dev/null' : `+++ b/${path}`,
    ...grouped(hunks).flatMap((group) => printGroup(group, a)),
  ]
}

/** Each line with its end, so that a last line without one is another line. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/).filter((line) => line !== '')

function hunksOf(a: readonly string[], b: readonly string[]): Hunk[] {
  // Long equal parts at both ends would make comparing slow.
  const limit = Math.min(a.length, b.length)
  let head = 0
  while (head < limit && a[head] === b[head]) head++
  let tail = 0
  while (tail < limit - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const middle = (lines: readonly string[]): string[] => lines.slice(head, lines.length - tail)
  return diffIndices(middle(a), middle(b)).map((hunk) => ({
    from: hunk.buffer1[0] + head,
    to: hunk.buffer2[0] + head,
    old: hunk.buffer1Content,
    new: hunk.buffer2Content,
  }))
}

/** Changes so near to each other that their contexts meet are shown as one. */
function grouped(hunks: readonly Hunk[]): Hunk[][] {
  const groups: Hunk[][] = []
  for (const hunk of hunks) {
    const last = groups.at(-1)?.at(-1)
    if (last && hunk.from - (last.from + last.old.length) <= 2 * CONTEXT) groups.at(-1)!.push(hunk)
    else groups.push([hunk])
  }
  return groups
}

function printGroup(group: readonly Hunk[], a: readonly string[]): string[] {
  const [first, last] = [group[0]!, group.at(-1)!]
  const start = Math.max(0, first.from - CONTEXT)
  const end = Math.min(a.length, last.from + last.old.length + CONTEXT)
  const grown = group.reduce((sum, hunk) => sum + hunk.new.length - hunk.old.length, 0)
  const lines: string[] = []
  let at = start
  for (const hunk of group) {
    lines.push(...marked(' ', a.slice(at, hunk.from)))
    lines.push(...marked('-', hunk.old), ...marked('+', hunk.new))
    at = hunk.from + hunk.old.length
  }
  lines.push(...marked(' ', a.slice(at, end)))
  const to = start + first.to - first.from
  return [`@@ -${range(start, end - start)} +${range(to, end - start + grown)} @@`, ...lines]
}

const range = (start: number, length: number): string =>
  `${length === 0 ? start : start + 1},${length}`

const marked = (mark: string, lines: readonly string[]): string[] =>
  lines.flatMap((line) => (line.endsWith('\n') ? [mark + line.slice(0, -1)] : [mark + line, OPEN]))
