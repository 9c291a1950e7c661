import { nearest } from '../../nearest.js'
import { closing } from '../doc-lines.js'
import { WordProblem } from './problem.js'

/** A piece of a word, and where it begins in it. */
export type Piece = { readonly text: string; readonly at: number }

export type ModifierName = (typeof FLAGS)[number]
const FLAGS = ['unique', 'id', 'updatedAt', 'many'] as const
const MODIFIERS = [...FLAGS, 'default'] as const

/**
 * Reads what stands behind a type.
 * @throws WordProblem
 */
export function readModifiers(
  text: string,
  from: number,
): {
  readonly modifiers: ReadonlyMap<ModifierName, number>
  readonly default: Piece | null
} {
  const modifiers = new Map<ModifierName, number>()
  let value: Piece | null = null
  let at = from
  while (text[at] === ':') {
    const name = /^\w*/.exec(text.slice(at + 1))![0]
    const known = MODIFIERS.find((modifier) => modifier === name)
    const end = at + 1 + name.length
    if (known === undefined) throw unknownModifier(text, at + 1, name)
    if (known === 'default') {
      if (value !== null) throw new WordProblem('The default stands twice.', at)
      value = readParentheses(text, end)
      at = end + value.text.length + 2
    } else {
      if (modifiers.has(known))
        throw new WordProblem(`:${known} stands twice.`, at, text.slice(0, at) + text.slice(end))
      modifiers.set(known, at + 1)
      at = end
    }
  }
  if (at === text.length) return { modifiers, default: value }
  if (text[at] !== '=' || value !== null) throw strayText(text, from, at)
  return { modifiers, default: readValue(text, at + 1) }
}

function readParentheses(text: string, open: number): Piece {
  const close = text[open] === '(' ? closing(text, open) : -1
  if (close < 0)
    throw new WordProblem('The default stands in parentheses.', open, `${text.slice(0, open)}(…)`)
  return { text: text.slice(open + 1, close), at: open + 1 }
}

/** What follows `=` is the value, to the end: a time has colons in it. */
function readValue(text: string, at: number): Piece {
  const value = text.slice(at)
  const behind = /:(unique|id|updatedAt|many)$/.exec(value)
  if (behind !== null) {
    const start = at + behind.index
    const corrected = `${text.slice(0, at - 1)}${behind[0]}=${text.slice(at, start)}`
    throw new WordProblem('The value stands last.', start, corrected)
  }
  if (value === '') throw new WordProblem('The value behind = is missing.', at)
  return { text: value, at }
}

function unknownModifier(text: string, at: number, name: string): WordProblem {
  const [close] = nearest(name, MODIFIERS)
  const corrected =
    close === undefined ? undefined : text.slice(0, at) + close + text.slice(at + name.length)
  return new WordProblem(`There is no :${name}.`, at, corrected, [
    `Known behind the type: ?, [], ${FLAGS.map((known) => `:${known}`).join(
      ', ',
    )}, :default(value), =value.`,
  ])
}

function strayText(text: string, from: number, at: number): WordProblem {
  const [sign] = /^(\?|\[\])/.exec(text.slice(at)) ?? []
  if (sign === undefined) return new WordProblem(`'${text[at]}' has no meaning here.`, at)
  const without = text.slice(from, at) + text.slice(at + sign.length)
  return new WordProblem(
    `The ${sign} stands directly behind the type.`,
    at,
    text.slice(0, from) + sign + without,
  )
}
