/** Text of an annotation with the place of each of its characters in the schema. */
export type Span = { readonly text: string; offset(index: number): number }

export type Token = {
  readonly kind: 'name' | 'number' | 'string' | 'sign' | 'end'
  /** As written; for a string what it says. */
  readonly text: string
  /** Indices in the text of the span. */
  readonly start: number
  readonly end: number
  /** For a string: the index in the span of each of its characters. */
  readonly places?: readonly number[]
}

/** What can't be read, from where to where in the span, and what would be right there. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly start: number,
    readonly end: number,
    readonly replacement?: string,
  ) {
    super(message)
  }
}

const SIGNS = ['&&', '||', '==', '!=', '<=', '>=', ...'<>!()[],:|.*']

/**
 * Splits the arguments of an annotation, or a policy expression, into tokens; the last is of kind `end`.
 * @throws SyntaxProblem
 */
export function tokenise(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = []
  let at = from
  while (at < to) {
    if (/\s/.test(text[at]!)) {
      at++
      continue
    }
    const token = readToken(text, at, to)
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'end', text: '', start: to, end: to })
  return tokens
}

function readToken(text: string, at: number, to: number): Token {
  const first = text[at]!
  if (first === '"' || first === "'") return readString(text, at, to)
  const word = match(/[A-Za-z_]\w*/y, text, at)
  if (word !== undefined) return { kind: 'name', text: word, start: at, end: at + word.length }
  const number = match(/-?\d+(?:\.\d+)?/y, text, at)
  if (number !== undefined)
    return { kind: 'number', text: number, start: at, end: at + number.length }
  const sign = SIGNS.find((it) => text.startsWith(it, at))
  if (sign !== undefined) return { kind: 'sign', text: sign, start: at, end: at + sign.length }
  const meant = { '=': '==', '&': '&&' }[first]
  throw new SyntaxProblem(
    meant === undefined ? `'${first}' has no meaning here.` : `'${first}' should be '${meant}'.`,
    at,
    at + 1,
    meant,
  )
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

function readString(text: string, start: number, to: number): Token {
  const quote = text[start]!
  const characters: string[] = []
  const places: number[] = []
  for (let at = start + 1; at < to; at++) {
    if (text[at] === quote)
      return { kind: 'string', text: characters.join(''), start, end: at + 1, places }
    places.push(at)
    if (text[at] === '\\' && at + 1 < to) {
      at++
      characters.push(ESCAPES[text[at]!] ?? text[at]!)
    } else characters.push(text[at]!)
  }
  throw new SyntaxProblem('The string is not closed.', start, to)
}

/** Reads tokens one after the other. */
export class Cursor {
  private index = 0
  constructor(readonly tokens: readonly Token[]) {}

  get next(): Token {
    return this.tokens[this.index]!
  }

  get done(): boolean {
    return this.next.kind === 'end'
  }

  take(): Token {
    const token = this.next
    if (token.kind !== 'end') this.index++
    return token
  }

  /** Is the next token this sign? */
  is(sign: string): boolean {
    return this.next.kind === 'sign' && this.next.text === sign
  }

  /** Takes the sign if it is next. */
  accept(sign: string): boolean {
    if (!this.is(sign)) return false
    this.take()
    return true
  }

  expect(sign: string, what: string): Token {
    if (this.is(sign)) return this.take()
    const { next } = this
    throw new SyntaxProblem(
      next.kind === 'end'
        ? `'${sign}' is missing ${what}.`
        : `'${next.text}' stands where '${sign}' should be ${what}.`,
      next.start,
      next.end,
    )
  }
}
