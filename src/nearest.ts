/** @returns the words closest to what was typed, best first; those too far away to be a slip are left out */
export function nearest(typed: string, words: readonly string[], count = 3): string[] {
  const limit = Math.max(1, Math.floor(typed.length / 3))
  return words
    .map((word) => ({ word, far: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, far }) => far <= limit || word.startsWith(typed))
    .sort((a, b) => a.far - b.far || (a.word < b.word ? -1 : 1))
    .slice(0, count)
    .map(({ word }) => word)
}

/** Edits between two words; two neighbouring letters swapped count as one. */
export function distance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(replaced, last[j]! + 1, row[j - 1]! + 1)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}

/** Remedies for a word that is not known: the nearest ones, then the whole list. */
export function suggest(
  typed: string,
  words: readonly string[],
  none = 'This version has none.',
): string[] {
  if (words.length === 0) return [none]
  const close = nearest(typed, words)
  return [
    ...(close.length > 0 ? [`Did you mean ${close.join(', ')}?`] : []),
    `Known: ${words.join(', ')}.`,
  ]
}
