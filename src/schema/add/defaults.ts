import { nearest } from '../../nearest.js'
import type { ScalarType } from '../model.js'
import { WordProblem } from './problem.js'
import type { FieldType } from './types.js'
import type { Piece } from './modifiers.js'
import type { FieldWord } from './word.js'

/** Functions that Prisma or the database fills a column by: for which types, and with which argument. */
const FUNCTIONS: Readonly<
  Record<string, { readonly types: readonly ScalarType[]; readonly argument: RegExp }>
> = {
  autoincrement: { types: ['Int', 'BigInt'], argument: /^$/ },
  now: { types: ['DateTime'], argument: /^$/ },
  uuid: { types: ['String'], argument: /^[47]?$/ },
  cuid: { types: ['String'], argument: /^[12]?$/ },
  ulid: { types: ['String'], argument: /^$/ },
  nanoid: { types: ['String'], argument: /^(\d+)?$/ },
}

/**
 * @returns `@default(…)` for the value of a word; empty where it has none
 * @throws WordProblem when the value does not fit the type
 */
export function defaultOfWord(word: FieldWord, type: FieldType): string {
  const value = word.default
  if (value === null) return ''
  if (type.kind === 'relation')
    throw new WordProblem('A relation has no default.', value.at, word.text.slice(0, startOf(word)))
  const piece = { ...value, text: value.text.trim() }
  const printed = word.list
    ? listValue(word, type, piece)
    : (functionCall(word, type, piece) ?? literal(word, type, piece))
  return `@default(${printed})`
}

/** Where `=` or `:default` stands. */
const startOf = ({ text, default: value }: FieldWord): number =>
  text[value!.at - 1] === '=' ? value!.at - 1 : text.lastIndexOf(':', value!.at)

function listValue(word: FieldWord, type: FieldType, { text, at }: Piece): string {
  const inside = /^\[(.*)\]$/.exec(text)?.[1]
  if (inside === undefined)
    throw new WordProblem(
      'The default of a list stands in brackets.',
      at,
      replaced(word, `[${text}]`),
    )
  const parts = inside.match(/"(?:[^"\\]|\\.)*"|[^,]+/g) ?? []
  const values = parts.map((part) => part.trim()).filter((part) => part !== '')
  return `[${values.map((value) => literal(word, type, { text: value, at })).join(', ')}]`
}

function functionCall(word: FieldWord, type: FieldType, { text, at }: Piece): string | null {
  const [, name, argument = ''] = /^([A-Za-z]+)\((.*)\)$/.exec(text) ?? []
  if (name === undefined) return null
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined
  const quoted =
    type.kind === 'scalar' && type.type === 'String' ? ` For that text: "${text}".` : ''
  const all = `Known: ${Object.keys(FUNCTIONS)
    .map((it) => `${it}()`)
    .join(', ')}.`
  if (known === undefined) {
    const [close] = nearest(name, Object.keys(FUNCTIONS))
    const corrected = close === undefined ? undefined : replaced(word, text.replace(name, close))
    throw new WordProblem(`There is no ${name}().${quoted}`, at, corrected, [all])
  }
  if (type.kind !== 'scalar' || !known.types.includes(type.type))
    throw new WordProblem(
      `${name}() makes a value for ${known.types.join(' or ')}, not for ${shown(type)}.${quoted}`,
      at,
    )
  if (!known.argument.test(argument.trim()))
    throw new WordProblem(`${name}() does not take '${argument}'.`, at, replaced(word, `${name}()`))
  return `${name}(${argument.trim()})`
}

function literal(word: FieldWord, type: FieldType, { text, at }: Piece): string {
  if (type.kind === 'enum' || type.kind === 'new-enum') {
    const value = unquote(text)
    if (type.values.includes(value)) return value
    const [close] = nearest(value, type.values)
    throw new WordProblem(
      `'${value}' is no value of the enum.`,
      at,
      close === undefined || word.list ? undefined : replaced(word, close),
      [`Its values: ${type.values.join(', ')}.`],
    )
  }
  const scalar = (type as { type: ScalarType }).type
  const printed = LITERALS[scalar](unquote(text), text)
  if (printed !== null) return printed
  throw new WordProblem(`'${text}' is no ${scalar}. For example: ${EXAMPLES[scalar]}`, at)
}

const quote = (text: string): string => JSON.stringify(text)

/** How a value is written in a schema; null where it is none of the type. */
const LITERALS: Readonly<Record<ScalarType, (text: string, raw: string) => string | null>> = {
  String: quote,
  Int: (text) => integer(text, 31),
  BigInt: (text) => integer(text, 63),
  Float: number,
  Decimal: number,
  Boolean: (text) => (text === 'true' || text === 'false' ? text : null),
  DateTime: time,
  // A text stands in quotes in JSON too: those that stand there are its own.
  Json: (_, raw) => (isJson(raw) ? quote(raw) : null),
  Bytes: (text) =>
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)
      ? quote(text)
      : null,
}

const EXAMPLES: Readonly<Record<ScalarType, string>> = {
  String: '=draft',
  Int: '=0, from -2147483648 to 2147483647',
  BigInt: '=0, of 64 bits',
  Float: '=1.5',
  Decimal: '=9.99',
  Boolean: '=true or =false',
  DateTime: '=now() or =2030-01-31T12:00:00Z',
  Json: `={} or ='{"a":1}'`,
  Bytes: '=aGVsbG8= (base64)',
}

function integer(text: string, bits: number): string | null {
  if (!/^-?\d+$/.test(text)) return null
  const value = BigInt(text)
  return value === BigInt.asIntN(bits + 1, value) ? String(value) : null
}

function number(text: string): string | null {
  return /^-?\d+(\.\d+)?$/.test(text) ? text : null
}

/** Without a zone it is UTC: a schema means the same on every machine. */
function time(text: string): string | null {
  if (!/^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/.test(text)) return null
  const date = new Date(/T[\d:.]+$/.test(text) ? `${text}Z` : text)
  return Number.isNaN(date.getTime()) ? null : quote(date.toISOString())
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Quotes around a value only say that it is a text. */
function unquote(text: string): string {
  const [, double, single] = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')$/s.exec(text) ?? []
  return (double ?? single)?.replace(/\\(.)/gs, '$1') ?? text
}

const replaced = ({ text, default: value }: FieldWord, right: string): string =>
  text.slice(0, value!.at) + right + text.slice(value!.at + value!.text.length)

const shown = (type: FieldType): string => (type.kind === 'scalar' ? type.type : 'an enum')
