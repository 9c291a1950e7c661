import { Cursor, SyntaxProblem, tokenise, type Token } from './lexer.js'
import type { AnnotationValue } from './model.js'

export type Argument = {
  readonly value: AnnotationValue
  readonly start: number
  readonly end: number
  /** The tokens of a single value, or of the values of a list. */
  readonly tokens: readonly Token[]
}

export type NamedArgument = Argument & { readonly name: Token }

export type Arguments = {
  readonly positional: readonly Argument[]
  readonly named: ReadonlyMap<string, NamedArgument>
}

export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map() }

/**
 * Reads what stands between the parentheses: `JWT | Google`, `read, rule: "…"`, `fields: [a, b]`.
 * `a | b` is the same as `a, b`.
 * @throws SyntaxProblem
 */
export function parseArguments(text: string, from: number, to: number): Arguments {
  const cursor = new Cursor(tokenise(text, from, to))
  const positional: Argument[] = []
  const named = new Map<string, NamedArgument>()
  while (!cursor.done) {
    const name: Token = cursor.next
    const argument = parseValue(cursor)
    if (cursor.accept(':')) {
      if (name.kind !== 'name' || argument.tokens.length !== 1)
        throw new SyntaxProblem('Only a name can stand before a colon.', name.start, argument.end)
      if (named.has(name.text))
        throw new SyntaxProblem(`${name.text} is given twice.`, name.start, name.end)
      named.set(name.text, { ...parseValue(cursor), name })
    } else if (named.size > 0)
      throw new SyntaxProblem(
        'A value without a name stands after one with a name; it belongs first.',
        argument.start,
        argument.end,
      )
    else positional.push(argument)
    const { next } = cursor
    if (next.kind !== 'end' && !cursor.accept(',') && !cursor.accept('|'))
      throw new SyntaxProblem(`A comma is missing before '${next.text}'.`, next.start, next.end)
  }
  return { positional, named }
}

function parseValue(cursor: Cursor): Argument {
  if (cursor.is('[')) return parseList(cursor)
  const token = cursor.take()
  return { value: valueOf(token), start: token.start, end: token.end, tokens: [token] }
}

function parseList(cursor: Cursor): Argument {
  const open = cursor.take()
  const tokens: Token[] = []
  while (!cursor.is(']')) {
    const token = cursor.take()
    valueOf(token)
    tokens.push(token)
    if (!cursor.is(']')) cursor.expect(',', 'between the values of a list')
  }
  const close = cursor.take()
  return { value: tokens.map(valueOf), start: open.start, end: close.end, tokens }
}

function valueOf(token: Token): string | number | boolean {
  switch (token.kind) {
    case 'string':
      return token.text
    case 'number':
      return Number(token.text)
    case 'name':
      return token.text === 'true' ? true : token.text === 'false' ? false : token.text
    case 'end':
      throw new SyntaxProblem('A value is missing.', token.start, token.end)
    case 'sign':
      if (token.text === '*') return '*'
      throw new SyntaxProblem(
        `'${token.text}' stands where a value should be.`,
        token.start,
        token.end,
      )
  }
}
