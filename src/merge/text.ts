import { diff3Merge, diffIndices } from 'node-diff3'
import { mergeAdditions } from './additions.js'
import { mergeApart } from './apart.js'
import { inStyleOf, joinLines, splitLines } from './lines.js'
import { conflictLines, markedLines, type Clash, type Merged, type Settle } from './markers.js'

/**
 * Merges two texts that came from one, line by line. Line ends and the end of the last line stay the user's.
 * @param base the last generated text; null where there was none: every difference is a conflict then
 * @param settle what is tried with lines that both changed
 */
export function mergeText(
  base: string | null,
  ours: string,
  theirs: string,
  settle?: Settle,
): Merged {
  const [a, b] = [splitLines(ours), splitLines(theirs)]
  const o = base === null ? null : splitLines(base)
  const lines =
    o === null
      ? mergeTwo(a.lines, b.lines)
      : mergeThree({ ours: a.lines, base: o.lines, theirs: b.lines }, settle)
  const closed = o !== null && a.closed === o.closed ? b.closed : a.closed
  const text = inStyleOf(ours, joinLines({ lines, closed }))
  return { text, conflicts: conflictLines(lines) }
}

/** Merges lists of lines; conflicts are marked in the result. */
export function mergeThree(all: Clash, settle?: Settle): string[] {
  // Without this a file of many equal lines takes minutes.
  const { head, tail, middle } = trimmed(all)
  const { ours, base, theirs } = middle
  const blocks = diff3Merge([...ours], [...base], [...theirs], { excludeFalseConflicts: true })
  const merged = blocks.flatMap(({ ok, conflict }) => {
    if (!conflict) return ok ?? []
    const clash = { ours: conflict.a, base: conflict.o, theirs: conflict.b }
    const from = head + conflict.oIndex
    const [before, after] = [all.base.slice(0, from), all.base.slice(from + clash.base.length)]
    return (
      mergeAdditions(clash, before) ??
      mergeApart(clash, before.at(-1), after[0]) ??
      settle?.(clash) ??
      markedLines(clash)
    )
  })
  const { length } = all.ours
  return [...all.ours.slice(0, head), ...merged, ...all.ours.slice(length - tail)]
}

/** Takes off the lines that all three have at the start and at the end. */
export function trimmed(all: Clash): {
  readonly head: number
  readonly tail: number
  readonly middle: Clash
} {
  const head = commonHead(all)
  const rest = sliced(all, head, 0)
  const tail = commonTail(rest)
  return { head, tail, middle: sliced(rest, 0, tail) }
}

/** Two texts that have nothing in common but what they say. */
function mergeTwo(ours: readonly string[], theirs: readonly string[]): string[] {
  const merged: string[] = []
  let at = 0
  for (const { buffer1, buffer1Content, buffer2Content } of diffIndices([...ours], [...theirs])) {
    const clash = { ours: buffer1Content, base: [], theirs: buffer2Content }
    merged.push(...ours.slice(at, buffer1[0]), ...markedLines(clash))
    at = buffer1[0] + buffer1[1]
  }
  return [...merged, ...ours.slice(at)]
}

function commonHead({ ours, base, theirs }: Clash): number {
  const limit = Math.min(ours.length, base.length, theirs.length)
  let count = 0
  while (count < limit && ours[count] === base[count] && theirs[count] === base[count]) count++
  return count
}

const commonTail = ({ ours, base, theirs }: Clash): number =>
  commonHead({
    ours: ours.toReversed(),
    base: base.toReversed(),
    theirs: theirs.toReversed(),
  })

const sliced = ({ ours, base, theirs }: Clash, head: number, tail: number): Clash => ({
  ours: ours.slice(head, ours.length - tail),
  base: base.slice(head, base.length - tail),
  theirs: theirs.slice(head, theirs.length - tail),
})
