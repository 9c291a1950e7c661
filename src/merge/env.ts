import { inStyleOf, joinLines, splitLines } from './lines.js'
import { conflictLines, type Clash, type Merged } from './markers.js'
import { mergeText, mergeThree } from './text.js'

const VARIABLE = /^\s*(?:export\s+)?([A-Za-z_][\w.]*)\s*=/

/** A variable with the lines above that explain it. What follows the last variable has the name ''. */
type Block = { readonly name: string; readonly lines: readonly string[] }

/**
 * Merges two files of variables that came from one, variable by variable: two that were added at one place are no
 * conflict. Order and comments stay the user's.
 */
export function mergeEnv(base: string | null, ours: string, theirs: string): Merged {
  const [a, b] = [splitLines(ours), splitLines(theirs)]
  const blocks = {
    base: blocksOf(splitLines(base ?? '').lines),
    ours: blocksOf(a.lines),
    theirs: blocksOf(b.lines),
  }
  // A name that is there twice has no one meaning.
  if (base === null || !Object.values(blocks).every(hasOwnNames))
    return mergeText(base, ours, theirs)
  const old = byName(blocks.base)
  const wanted = byName(blocks.theirs)
  const merged = blocks.ours.map(({ name, lines }) => {
    const clash = { ours: lines, base: old.get(name) ?? [], theirs: wanted.get(name) ?? [] }
    return { name, lines: mergeBlock(clash) }
  })
  for (const [at, block] of blocks.theirs.entries()) insert(merged, block, at, blocks.theirs, old)
  const lines = merged.flatMap((block) => block.lines)
  return {
    text: inStyleOf(ours, joinLines({ lines, closed: a.closed })),
    conflicts: conflictLines(lines),
  }
}

/** Adds a new variable after the nearest one before it; one that the user took out only where it changed. */
function insert(
  merged: Block[],
  { name, lines }: Block,
  at: number,
  theirs: readonly Block[],
  old: ReadonlyMap<string, readonly string[]>,
): void {
  if (merged.some((block) => block.name === name)) return
  const added = mergeBlock({ ours: [], base: old.get(name) ?? [], theirs: lines })
  const earlier = new Set(theirs.slice(0, at).map((block) => block.name))
  const before = merged.findLastIndex((block) => earlier.has(block.name))
  merged.splice(before + 1, 0, { name, lines: added })
}

/** Explanation and value are merged each for itself; empty lines around them are the user's. */
function mergeBlock(clash: Clash): readonly string[] {
  const { ours, base, theirs } = clash
  const bare = {
    ours: ours.slice(gapOf(ours)),
    base: base.slice(gapOf(base)),
    theirs: theirs.slice(gapOf(theirs)),
  }
  if (isEqual(bare.theirs, bare.base)) return ours
  const gap = ours.length === 0 ? theirs.slice(0, gapOf(theirs)) : ours.slice(0, gapOf(ours))
  if (isEqual(bare.ours, bare.base)) return bare.theirs.length === 0 ? [] : [...gap, ...bare.theirs]
  if ([bare.ours, bare.base, bare.theirs].some((lines) => lines.length === 0))
    return [...gap, ...mergeThree(bare)]
  const pick = (from: number, to?: number): Clash => ({
    ours: bare.ours.slice(from, to),
    base: bare.base.slice(from, to),
    theirs: bare.theirs.slice(from, to),
  })
  return [...gap, ...mergeThree(pick(0, -1)), ...mergeThree(pick(-1))]
}

/** Number of empty lines at the start. */
const gapOf = (lines: readonly string[]): number => {
  const first = lines.findIndex((line) => line.trim() !== '')
  return first < 0 ? 0 : first
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.join('\n') === b.join('\n')

function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let start = 0
  for (const [index, line] of lines.entries()) {
    const name = VARIABLE.exec(line)?.[1]
    if (name === undefined) continue
    blocks.push({ name, lines: lines.slice(start, index + 1) })
    start = index + 1
  }
  return [...blocks, { name: '', lines: lines.slice(start) }]
}

const hasOwnNames = (blocks: readonly Block[]): boolean => byName(blocks).size === blocks.length

const byName = (blocks: readonly Block[]): Map<string, readonly string[]> =>
  new Map(blocks.map(({ name, lines }) => [name, lines]))
