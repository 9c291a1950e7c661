import { diffIndices } from 'node-diff3'

/** A text as lines without their ends, and what it takes to print it as it was. */
export type Lines = {
  readonly lines: readonly string[]
  /** True where the last line has an end, too. */
  readonly closed: boolean
}

const BOM = '\uFEFF'

/** A text with plain line feeds and without a byte order mark: what two texts are compared by. */
export const plain = (text: string): string => {
  const bare = text.startsWith(BOM) ? text.slice(1) : text
  return bare.includes('\r') ? bare.replaceAll('\r\n', '\n') : bare
}

/** True where two texts differ in line ends and byte order mark at most. */
export const isSame = (a: string, b: string): boolean => a === b || plain(a) === plain(b)

export function splitLines(text: string): Lines {
  const lines = plain(text).split('\n')
  const closed = lines.at(-1) === ''
  return { lines: closed ? lines.slice(0, -1) : lines, closed }
}

export const joinLines = ({ lines, closed }: Lines): string =>
  lines.join('\n') + (closed && lines.length > 0 ? '\n' : '')

/**
 * Prints a text with the line ends and the byte order mark of another. Where that one mixes line ends, each line
 * that both have keeps its own, and a new line gets the end that most lines have.
 */
export function inStyleOf(like: string, text: string): string {
  const mark = like.startsWith(BOM) ? BOM : ''
  const windows = like.split('\r\n').length - 1
  const all = like.split('\n').length - 1
  if (windows === 0) return mark + plain(text)
  if (windows === all) return mark + plain(text).replaceAll('\n', '\r\n')
  return mark + inMixedStyle(like, plain(text), windows * 2 > all ? '\r\n' : '\n')
}

function inMixedStyle(like: string, text: string, usual: string): string {
  const old = plain(like).split('\n')
  const ends = like.split('\n').map((line) => (line.endsWith('\r') ? '\r\n' : '\n'))
  const lines = text.split('\n')
  const kept = new Map<number, string>()
  for (const [from, to] of commonLines(old, lines)) kept.set(to, ends[from] ?? usual)
  return lines
    .map((line, at) => (at === lines.length - 1 ? line : line + (kept.get(at) ?? usual)))
    .join('')
}

/** Pairs of positions of the lines that two lists have in common. */
export function commonLines(a: string[], b: string[]): [number, number][] {
  const pairs: [number, number][] = []
  let [atA, atB] = [0, 0]
  const upTo = (end: number): void => {
    while (atA < end) pairs.push([atA++, atB++])
  }
  for (const { buffer1, buffer2 } of diffIndices(a, b)) {
    upTo(buffer1[0])
    atA = buffer1[0] + buffer1[1]
    atB = buffer2[0] + buffer2[1]
  }
  upTo(a.length)
  return pairs
}
