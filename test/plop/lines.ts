/**
 * The lines of a text that another one lacks, one after the other.
 * @throws Error where a line of the old text is gone, or is not what it was
 */
export function addedLines(before: string, after: string): string {
  const old = linesOf(before)
  const added: string[] = []
  let next = 0
  for (const line of linesOf(after)) {
    // The last line may have got a line end.
    if (line === old[next] || (next === old.length - 1 && line === `${old[next]}\r\n`)) next++
    else added.push(line)
  }
  if (next < old.length) throw new Error(`This line is not there any more: ${old[next]}`)
  return added.join('').replace(/^\r?\n(?=.*\{)/, '')
}

/** Each with its line end. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
