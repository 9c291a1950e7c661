/** Replaces what stands between two offsets of a text. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string }

export type Edited = {
  readonly content: string
  /** Where an offset of the new text was in the old one. */
  original(offset: number): number
}

/** Applies edits that do not overlap; all other bytes stay as they are. */
export function applyEdits(content: string, edits: readonly Edit[]): Edited {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end)
  const parts: string[] = []
  /** For each edit: where it begins and ends in the new text. */
  const places: { from: number; to: number; start: number; end: number }[] = []
  let last = 0
  let length = 0
  for (const { start, end, text } of sorted) {
    parts.push(content.slice(last, start), text)
    const from = length + start - last
    length = from + text.length
    places.push({ from, to: length, start, end })
    last = end
  }
  parts.push(content.slice(last))
  return {
    content: parts.join(''),
    original(offset) {
      const before = places.findLast((place) => place.from <= offset)
      if (before === undefined) return offset
      return offset < before.to ? before.start : before.end + offset - before.to
    },
  }
}

/** Takes out what stands between two offsets, with the lines that would be left blank. */
export function removal(content: string, start: number, end: number): Edit {
  const lineStart = content.lastIndexOf('\n', start - 1) + 1
  const newline = content.indexOf('\n', end)
  const lineEnd = newline === -1 ? content.length : newline + 1
  const alone =
    content.slice(lineStart, start).trim() === '' && content.slice(end, lineEnd).trim() === ''
  return alone ? { start: lineStart, end: lineEnd, text: '' } : { start, end, text: '' }
}
