/** A line inside a block that says something: a field, a value, an attribute of the block. */
export type Member = {
  /** The field's name; an attribute's own text. */
  readonly key: string
  /** White space made single, comments dropped: what two versions are compared by. */
  readonly text: string
  /** Index of its line in the file. */
  readonly line: number
}

/** A `model`, `view`, `enum` or `type` of a schema. */
export type Block = {
  /** `model Post` */
  readonly title: string
  readonly name: string
  readonly start: number
  readonly end: number
  readonly members: readonly Member[]
}

/** Finds the blocks of a schema file, in order. Generators and datasources are left out. */
export function blocksOf(lines: readonly string[]): Block[] {
  const blocks: Block[] = []
  let open: { title: string; name: string; start: number; members: Member[] } | null = null
  for (const [line, raw] of lines.entries()) {
    const text = withoutComment(raw).trim().replaceAll(/\s+/g, ' ')
    const [, title, name] = /^((?:model|view|enum|type) (\w+)) ?\{/.exec(text) ?? []
    if (title !== undefined && name !== undefined) open = { title, name, start: line, members: [] }
    else if (open && text === '}') {
      blocks.push({ ...open, end: line })
      open = null
    } else if (open && text !== '') {
      const key = text.startsWith('@@') ? text : (/^\S+/.exec(text)?.[0] ?? text)
      open.members.push({ key, text, line })
    }
  }
  return blocks
}

/** Cuts `// …` off, except inside a string. */
export function withoutComment(line: string): string {
  const code = /^(?:[^"/]|"(?:[^"\\]|\\.)*"|\/(?!\/))*/.exec(line)
  return code?.[0] ?? line
}
