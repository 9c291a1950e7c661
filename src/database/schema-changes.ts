export type SchemaChanges = {
  readonly path: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Compares two versions of a schema file, white space and order aside.
 * @returns the lines that only one of them has, each with the block it stands in: `Post: title String`
 */
export function changedLines(path: string, before: string, after: string): SchemaChanges {
  const old = new Set(linesOf(before))
  const now = new Set(linesOf(after))
  return {
    path,
    added: [...now].filter((line) => !old.has(line)),
    removed: [...old].filter((line) => !now.has(line)),
  }
}

function linesOf(text: string): string[] {
  let block: string | null = null
  return text.split('\n').flatMap((line) => {
    const words = line.trim().replaceAll(/\s+/g, ' ')
    const [, opened] = /^\w+ (\w+) \{/.exec(words) ?? []
    if (words === '' || words.startsWith('//')) return []
    if (words === '}') {
      block = null
      return []
    }
    if (opened !== undefined) {
      block = opened
      return [words.replace(/ ?\{.*$/, '')]
    }
    return [block === null ? words : `${block}: ${words}`]
  })
}
