import type { Comment } from './scan.js'
import type { Block, BlockKind, Member } from './source.js'

const HEADER = /^[ \t]*(model|view|enum|type|generator|datasource)[ \t]+([^\s{]+)[ \t]*\{/

type Open = Omit<Block, 'bodyEnd' | 'end' | 'members'> & { readonly members: Member[] }

/**
 * Reads the blocks of a schema line by line, as Prisma's grammar does: a header, a field and a closing brace
 * each stand on a line of their own.
 * @returns the blocks, and the comments that belong to a block or a field of one
 */
export function readBlocks(
  content: string,
  code: string,
  comments: readonly Comment[],
  lines: readonly number[],
): { blocks: Block[]; attached: Set<Comment> } {
  const reader = new BlockReader(content, code)
  let next = 0
  for (let line = 0; line < lines.length; line++) {
    const start = lines[line]!
    let end = lines[line + 1] ?? content.length
    while (next < comments.length && comments[next]!.offset < start) next++
    const comment = (comments[next]?.offset ?? Infinity) < end ? comments[next]! : null
    while (
      reader.goesOn(start, end) &&
      !code
        .slice(end, lines[line + 2])
        .trimStart()
        .startsWith('}')
    )
      end = lines[++line + 1] ?? content.length
    reader.line(start, end, comment)
  }
  return reader
}

class BlockReader {
  readonly blocks: Block[] = []
  readonly attached = new Set<Comment>()
  private open: Open | null = null
  /** The last run of comment lines; `ended` once a blank line follows it. */
  private run: Comment[] = []
  private ended = true

  constructor(
    private readonly content: string,
    private readonly code: string,
  ) {}

  /** A bracket is open at the end of the line, as people write long attributes; Prisma itself wants one line. */
  goesOn(start: number, end: number): boolean {
    if (this.open === null || end >= this.content.length) return false
    let depth = 0
    for (let i = start; i < end; i++) {
      const character = this.code[i]
      if (character === '(' || character === '[') depth++
      else if (character === ')' || character === ']') depth--
    }
    return depth > 0
  }

  line(start: number, end: number, comment: Comment | null): void {
    if (this.code.slice(start, end).trim() !== '') this.codeLine(start, end, comment)
    else if (comment !== null) this.commentLine(comment)
    else if (this.content.slice(start, end).trim() === '') this.blankLine()
  }

  private commentLine(comment: Comment): void {
    if (this.ended) this.run = []
    this.run.push(comment)
    this.ended = false
  }

  /** Ends a run of comments; outside of a block it also cuts it off from what follows. */
  private blankLine(): void {
    this.ended = true
    if (this.open === null) this.run = []
  }

  private codeLine(start: number, end: number, comment: Comment | null): void {
    let from = start
    if (this.open !== null && this.code.slice(start, end).trimStart().startsWith('}')) {
      const bodyEnd = this.code.indexOf('}', start)
      this.blocks.push({ ...this.open, bodyEnd, end: bodyEnd + 1 })
      this.open = null
      this.run = []
      from = bodyEnd + 1
    }
    if (this.open === null) this.header(from, end)
    else this.open.members.push(this.member(start, end, comment))
    this.run = []
    this.ended = true
  }

  private header(start: number, end: number): void {
    const header = HEADER.exec(this.code.slice(start, end))
    if (header === null) return
    const [text, kind, name] = header as unknown as [string, BlockKind, string]
    this.open = {
      kind,
      name,
      offset: start + text.indexOf(kind),
      nameOffset: start + text.indexOf(name, text.indexOf(kind) + kind.length),
      bodyStart: start + text.length,
      members: [],
      docs: this.attach(this.run),
    }
  }

  private member(start: number, end: number, comment: Comment | null): Member {
    const raw = this.code.slice(start, end)
    const code = raw.trim()
    const offset = start + raw.indexOf(code)
    const attribute = code.startsWith('@@')
    const trailing = !attribute && comment?.kind === 'doc' ? comment : null
    if (trailing !== null) this.attach([trailing])
    return {
      kind: attribute ? 'attribute' : 'field',
      name: /^\w+/.exec(attribute ? code.slice(2) : code)?.[0] ?? '',
      offset,
      end: offset + code.length,
      code,
      docs: attribute ? [] : this.attach(this.run),
      trailing,
    }
  }

  private attach(comments: readonly Comment[]): readonly Comment[] {
    for (const comment of comments) this.attached.add(comment)
    return comments
  }
}
