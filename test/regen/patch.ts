/**
 * Applies a diff of the simplest kind: lines that stay (` `), go (`-`) and come (`+`), as many around a change as it
 * takes to find it; `@@` stands between changes.
 * @throws Error when a change fits nowhere, or at more than one place
 */
export function applyDiff(text: string, diff: string): string {
  const changes = diff
    .replace(/\n$/, '')
    .split(/^@@.*\n/m)
    .filter((change) => change !== '')
  return changes.reduce((lines, change) => applyChange(lines, change), text.split('\n')).join('\n')
}

function applyChange(lines: readonly string[], change: string): string[] {
  const marked = change.replace(/\n$/, '').split('\n')
  const pick = (marks: string): string[] =>
    marked.filter((line) => marks.includes(line[0] ?? ' ')).map((line) => line.slice(1))
  const [before, after] = [pick(' -'), pick(' +')]
  const places = lines.flatMap((_, index) =>
    before.every((line, offset) => lines[index + offset] === line) ? [index] : [],
  )
  if (places.length !== 1) throw new Error(`It fits at ${places.length} places:\n${change}`)
  return lines.toSpliced(places[0]!, before.length, ...after)
}
