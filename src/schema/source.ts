import type { Position } from './model.js'
import { readBlocks } from './blocks.js'
import { scan, type Comment } from './scan.js'

export type BlockKind = 'model' | 'view' | 'enum' | 'type' | 'generator' | 'datasource'

/** A line of a block that is neither blank nor a comment; several lines where a bracket stays open. */
export type Member = {
  /** `attribute` begins with `@@`; a field, an enum value or a property otherwise. */
  readonly kind: 'attribute' | 'field'
  /** Name of the field, or of the attribute without `@@`. */
  readonly name: string
  readonly offset: number
  readonly end: number
  /** From `offset` to `end` with comments and the insides of strings blanked out. */
  readonly code: string
  /** Comment lines directly above; blank lines may stand between, as Prisma has it. */
  readonly docs: readonly Comment[]
  readonly trailing: Comment | null
}

export type Block = {
  readonly kind: BlockKind
  readonly name: string
  /** Offset of the keyword, of the name, of what follows `{`, of `}`, and of what follows it. */
  readonly offset: number
  readonly nameOffset: number
  readonly bodyStart: number
  readonly bodyEnd: number
  readonly end: number
  readonly members: readonly Member[]
  /** Comment lines directly above. */
  readonly docs: readonly Comment[]
}

/** One file of a schema as the user wrote it, and where things stand in it. */
export type Source = {
  /** Path relative to the app's `prisma/` folder. */
  readonly path: string
  /** Path to show. */
  readonly shown: string
  readonly content: string
  readonly eol: '\n' | '\r\n'
  readonly blocks: readonly Block[]
  /** Comments that stand above no block and no member, and trail no field. */
  readonly orphans: readonly Comment[]
  at(offset: number): Position
}

/** Reads where blocks, members and comments stand. Never fails: what is not understood is Prisma's to refuse. */
export function readSource(file: { path: string; shown: string; content: string }): Source {
  const { code, comments } = scan(file.content)
  const lines = lineStarts(file.content)
  const { blocks, attached } = readBlocks(file.content, code, comments, lines)
  return {
    ...file,
    eol: file.content.includes('\r\n') ? '\r\n' : '\n',
    blocks,
    orphans: comments.filter((comment) => !attached.has(comment)),
    at: (offset) => {
      const line = lineOf(lines, offset)
      return { file: file.shown, line: line + 1, column: offset - lines[line]! + 1 }
    },
  }
}

export function lineStarts(content: string): number[] {
  const starts = [0]
  for (let i = content.indexOf('\n'); i !== -1; i = content.indexOf('\n', i + 1)) starts.push(i + 1)
  return starts
}

/** Index of the line that holds an offset. */
function lineOf(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= offset) low = middle
    else high = middle - 1
  }
  return low
}
