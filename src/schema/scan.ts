/** A comment of a schema; `text` is what follows the slashes, without the line end. */
export type Comment = {
  readonly kind: 'doc' | 'plain'
  readonly text: string
  /** Offset of the first slash, and of the first character of `text`. */
  readonly offset: number
  readonly textOffset: number
}

export type Scan = {
  /** The text with comments and the insides of strings blanked out: same length, same lines. */
  readonly code: string
  /** Line comments in order. Block comments are only blanked out: Prisma keeps nothing of ours in them. */
  readonly comments: readonly Comment[]
}

const STRING_OR_COMMENT = /"(?:[^"\\\r\n]|\\[^\r\n])*"?|\/\/[^\r\n]*|\/\*[\s\S]*?(?:\*\/|$)/g

/** Tells code from comments and strings, so that a brace or an `@` in either is not taken for code. */
export function scan(content: string): Scan {
  const comments: Comment[] = []
  const code: string[] = []
  let last = 0
  for (const match of content.matchAll(STRING_OR_COMMENT)) {
    const [text] = match
    code.push(content.slice(last, match.index), blank(text))
    last = match.index + text.length
    if (text.startsWith('//')) comments.push(toComment(text, match.index))
  }
  code.push(content.slice(last))
  // A byte order mark is taken out later; here it must not hide the block behind it.
  return { code: code.join('').replace(/^\uFEFF/, ' '), comments }
}

function toComment(text: string, offset: number): Comment {
  const slashes = text.startsWith('///') ? 3 : 2
  return {
    kind: slashes === 3 ? 'doc' : 'plain',
    text: text.slice(slashes),
    offset,
    textOffset: offset + slashes,
  }
}

/** A string keeps its quotes, so that code still sees that one stands there. */
function blank(text: string): string {
  if (text.startsWith('//')) return ' '.repeat(text.length)
  if (text.startsWith('/*')) return text.replace(/[^\r\n]/g, ' ')
  return text.length < 2 ? text : `"${' '.repeat(text.length - 2)}"`
}
