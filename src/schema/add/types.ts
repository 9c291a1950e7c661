import { suggest } from '../../nearest.js'
import type { ScalarType } from '../model.js'
import { WordProblem } from './problem.js'
import type { FieldWord } from './word.js'

/** The types of a column, as one writes them on the command line. */
export const SCALARS: Readonly<Record<string, ScalarType>> = {
  string: 'String',
  int: 'Int',
  bigint: 'BigInt',
  float: 'Float',
  decimal: 'Decimal',
  boolean: 'Boolean',
  datetime: 'DateTime',
  json: 'Json',
  bytes: 'Bytes',
}

/** What other tools call them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  text: 'string',
  varchar: 'string',
  uuid: 'string',
  integer: 'int',
  number: 'int',
  long: 'bigint',
  double: 'float',
  money: 'decimal',
  numeric: 'decimal',
  bool: 'boolean',
  date: 'datetime',
  timestamp: 'datetime',
  object: 'json',
  blob: 'bytes',
  binary: 'bytes',
}

/** What the type of a field is, once it is held against a schema. */
export type FieldType =
  | { readonly kind: 'scalar'; readonly type: ScalarType }
  | { readonly kind: 'enum'; readonly name: string; readonly values: readonly string[] }
  | { readonly kind: 'new-enum'; readonly values: readonly string[] }
  | { readonly kind: 'relation'; readonly model: string }

export type KnownTypes = {
  readonly models: readonly string[]
  /** Values by name. */
  readonly enums: ReadonlyMap<string, readonly string[]>
}

/** @throws WordProblem when there is no such type, with those that are near */
export function typeOfWord(word: FieldWord, known: KnownTypes): FieldType {
  const { type, values } = word
  if (values !== null) return { kind: 'new-enum', values: enumValues(word, values) }
  if (known.models.includes(type.text)) return { kind: 'relation', model: type.text }
  const own = known.enums.get(type.text)
  if (own !== undefined) return { kind: 'enum', name: type.text, values: own }
  const scalar = SCALARS[type.text.toLowerCase()]
  if (scalar !== undefined && Object.hasOwn(SCALARS, type.text.toLowerCase()))
    return { kind: 'scalar', type: scalar }
  throw unknownType(word, known)
}

function unknownType({ text, type }: FieldWord, known: KnownTypes): WordProblem {
  const typed = type.text
  const names = [...Object.keys(SCALARS), 'enum(a,b)', ...known.enums.keys(), ...known.models]
  const other = Object.hasOwn(OTHER_NAMES, typed.toLowerCase())
    ? OTHER_NAMES[typed.toLowerCase()]
    : undefined
  const sameLetters = names.find((name) => name.toLowerCase() === typed.toLowerCase())
  const remedies = suggest(typed, names)
  const near = /^Did you mean ([^,?]+)/.exec(remedies[0] ?? '')?.[1]
  const right = sameLetters ?? other ?? near
  const end = type.at + typed.length
  return new WordProblem(
    `There is no type '${typed}'.`,
    type.at,
    right === undefined ? undefined : text.slice(0, type.at) + right + text.slice(end),
    remedies,
  )
}

function enumValues(
  { text }: FieldWord,
  values: readonly { readonly text: string; readonly at: number }[],
): string[] {
  if (values.length === 0)
    throw new WordProblem('An enum needs a value.', text.indexOf('('), text.replace('()', '(a,b)'))
  const seen = new Set<string>()
  for (const { text: value, at } of values) {
    if (!/^[A-Za-z]\w*$/.test(value)) {
      const right = value.replace(/\W+/g, '_').replace(/^[\d_]+/, '')
      throw new WordProblem(
        `'${value}' can't be the name of a value: letters, digits and _, beginning with a letter.`,
        at,
        right === '' ? undefined : text.slice(0, at) + right + text.slice(at + value.length),
      )
    }
    if (seen.has(value)) throw new WordProblem(`The value '${value}' stands twice.`, at)
    seen.add(value)
  }
  return [...seen]
}
