import { nearest } from '../../nearest.js'
import { closing } from '../doc-lines.js'
import { readModifiers, type ModifierName, type Piece } from './modifiers.js'
import { WordProblem, type Written } from './problem.js'

const BLOCK_ATTRIBUTES = ['id', 'unique', 'index'] as const

/** `name:type`, and what follows: read, but not yet held against a schema. */
export type FieldWord = Written & {
  readonly kind: 'field'
  readonly name: string
  readonly type: Piece
  /** What stands between the parentheses of `enum(…)`; null for any other type. */
  readonly values: readonly Piece[] | null
  readonly optional: boolean
  readonly list: boolean
  /** Where each stands. */
  readonly modifiers: ReadonlyMap<ModifierName, number>
  readonly default: Piece | null
}

/** `@@id(a,b)` and its like. */
export type BlockWord = Written & {
  readonly kind: 'block'
  readonly attribute: (typeof BLOCK_ATTRIBUTES)[number]
  readonly fields: readonly Piece[]
}

export type Word = FieldWord | BlockWord

/**
 * Reads one word: `number:string:unique`, `total:decimal=0`, `status:enum(draft,sent)`, `customer:Customer?`, `@@id(a,b)`.
 * @throws WordProblem
 */
export const readWord = (written: Written): Word =>
  written.text.startsWith('@@') ? readBlockWord(written) : readFieldWord(written)

function readBlockWord(written: Written): BlockWord {
  const { text } = written
  const [, name = '', inside] = /^@@(\w*)\(\[?(.*?)\]?\)$/.exec(text) ?? []
  if (inside === undefined)
    throw new WordProblem(
      'An attribute of the model names its fields in parentheses.',
      0,
      `${/^@@\w*/.exec(text)![0]}(a,b)`,
    )
  const attribute = BLOCK_ATTRIBUTES.find((known) => known === name)
  if (attribute === undefined) {
    const [close] = nearest(name, BLOCK_ATTRIBUTES)
    const corrected = close === undefined ? undefined : text.replace(name, close)
    throw new WordProblem(`There is no @@${name} here.`, 2, corrected, [KNOWN_ATTRIBUTES])
  }
  return { ...written, kind: 'block', attribute, fields: pieces(inside, text.indexOf(inside, 3)) }
}

const KNOWN_ATTRIBUTES = `Known: ${BLOCK_ATTRIBUTES.map((name) => `@@${name}(a,b)`).join(', ')}.`

function readFieldWord(written: Written): FieldWord {
  const { text } = written
  const name = readName(text)
  const type = { text: /^\w*/.exec(text.slice(name.length + 1))![0], at: name.length + 1 }
  if (type.text === '') throw new WordProblem('The type is missing.', name.length, `${name}:string`)
  let at = type.at + type.text.length
  let values: Piece[] | null = null
  if (type.text.toLowerCase() === 'enum') {
    const end = text[at] === '(' ? closing(text, at) : -1
    if (end < 0)
      throw new WordProblem(
        'An enum names its values in parentheses.',
        at,
        `${name}:enum(draft,sent)`,
      )
    values = pieces(text.slice(at + 1, end), at + 1)
    at = end + 1
  }
  const suffix = readSuffix(text, at)
  const rest = readModifiers(text, at + suffix.length)
  return {
    ...written,
    kind: 'field',
    name,
    type,
    values,
    optional: suffix === '?',
    list: suffix === '[]',
    ...rest,
  }
}

function readName(text: string): string {
  const name = /^[A-Za-z]\w*/.exec(text)?.[0] ?? ''
  const next = text[name.length]
  if (name !== '' && next === ':') return name
  const colon = text.indexOf(':')
  const before = colon < 0 ? text : text.slice(0, colon)
  if (/^[A-Za-z]\w*$/.test(before))
    throw new WordProblem('It has no type.', text.length, `${before}:string`)
  if (/^[A-Za-z]\w*\?$/.test(before)) {
    const type = colon < 0 ? 'string' : text.slice(colon + 1)
    throw new WordProblem(
      'The ? stands behind the type.',
      name.length,
      `${name}:${type.replace(/^\w+/, '$&?')}`,
    )
  }
  const fixed = toName(before)
  throw new WordProblem(
    before === ''
      ? 'The name of the field is missing.'
      : 'A name is made of letters, digits and _, and begins with a letter.',
    name.length,
    `${fixed || 'name'}${colon < 0 ? ':string' : text.slice(colon)}`,
  )
}

/** The nearest thing that is a name: `due-date` becomes `dueDate`. */
export const toName = (text: string): string =>
  text.replace(/^[^A-Za-z]+/, '').replace(/\W+(\w?)/g, (_, letter: string) => letter.toUpperCase())

function readSuffix(text: string, at: number): '' | '?' | '[]' {
  const suffix = /^(\?|\[\])*/.exec(text.slice(at))![0]
  if (suffix === '' || suffix === '?' || suffix === '[]') return suffix
  const kept = suffix.includes('[]') ? '[]' : '?'
  throw new WordProblem(
    'A list is always there, empty or not.',
    at,
    text.slice(0, at) + kept + text.slice(at + suffix.length),
  )
}

/** The parts of a list that commas part. */
function pieces(text: string, at: number): Piece[] {
  const found: Piece[] = []
  for (const match of text.matchAll(/[^,]+/g)) {
    const trimmed = match[0].trim()
    if (trimmed !== '')
      found.push({ text: trimmed, at: at + match.index + match[0].indexOf(trimmed) })
  }
  return found
}
