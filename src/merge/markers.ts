/** Two versions of some lines that nobody but the user can choose from, and what both came from. */
export type Clash = {
  readonly ours: readonly string[]
  readonly base: readonly string[]
  readonly theirs: readonly string[]
}

/** A way to settle lines that both sides changed; null where it is none. */
export type Settle = (clash: Clash) => string[] | null

/** A merged text, and the lines (from 1) at which its conflicts begin; none: it is clean. */
export type Merged = { readonly text: string; readonly conflicts: readonly number[] }

const START = '<<<<<<< yours'

/** A conflict as it stands in a file, in the form that git and every editor know. */
export const markedLines = ({ ours, base, theirs }: Clash): string[] => [
  START,
  ...ours,
  '||||||| last generated',
  ...base,
  '=======',
  ...theirs,
  '>>>>>>> newly generated',
]

/** Lines (from 1) at which a conflict that we marked begins. */
export const conflictLines = (lines: readonly string[]): number[] =>
  lines.flatMap((line, index) => (line === START ? [index + 1] : []))

/** Ours and those of git. `=======` alone is no sign: it underlines headings. */
const MARKER = /^(<{7}|\|{7}|>{7})( |\r?$)/m

/** @returns the first line (from 1) that is a conflict marker; null where there is none */
export function firstMarker(text: string): number | null {
  const found = MARKER.exec(text)
  return found ? text.slice(0, found.index).split('\n').length : null
}
