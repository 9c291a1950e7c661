import { camelize, pluralize, singularize, underscore } from 'inflection'
import type { Model } from '../schema/model.js'

/** The names a model gets in emitted code. None of them can meet a keyword or a global: templates always add a word to `type` and `variable`. */
export type ModelNames = {
  /** PascalCase identifier, unique in the app whatever the case: `PostTag`, used as `PostTagDto`. */
  readonly type: string
  /** camelCase of `type`, used as `postTagService`. */
  readonly variable: string
  /** kebab-case, unique on file systems that ignore case; no device name of Windows, no file of the app itself. */
  readonly file: string
  /** Plural kebab-case path segment below `/api`, unique. */
  readonly path: string
  /** `Post tag`, for people. */
  readonly label: string
  /** `Post tags`, for people. */
  readonly pluralLabel: string
  /** Property of the Prisma client. */
  readonly delegate: string
}

/** Windows has no files of these names, and `test/app.test.ts` is the app's own. */
const TAKEN_FILES = /^(con|prn|aux|nul|com\d|lpt\d|app)$/

/**
 * Names every model, in schema order; a name that is taken gets the next free number.
 * @returns the names by model name
 */
export function nameModels(
  models: readonly Pick<Model, 'name'>[],
): ReadonlyMap<string, ModelNames> {
  const types = new Set<string>()
  const paths = new Set<string>()
  return new Map(models.map((model) => [model.name, nameModel(model.name, types, paths)]))
}

function nameModel(name: string, types: Set<string>, paths: Set<string>): ModelNames {
  const words = wordsOf(name)
  const type = free(pascal(words), types)
  const file = kebab(wordsOf(type))
  return {
    type,
    variable: type.charAt(0).toLowerCase() + type.slice(1),
    file: TAKEN_FILES.test(file) ? `${file}-model` : file,
    path: free(kebab(plural(words)), paths, '-'),
    label: sentence(words),
    pluralLabel: sentence(plural(words)),
    delegate: name.charAt(0).toLowerCase() + name.slice(1),
  }
}

const known = new Map<string, readonly string[]>()

/** `HTTPRequest_log2` → `http`, `request`, `log2`. Digits stay with the word before them. */
export function wordsOf(name: string): readonly string[] {
  // Names come back with every value of every sample row.
  const words = known.get(name) ?? splitWords(name)
  known.set(name, words)
  return words
}

function splitWords(name: string): string[] {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase())
  return words.length > 0 ? words : ['model']
}

const plural = (words: readonly string[]): string[] => {
  const last = words.at(-1) ?? 'model'
  return [...words.slice(0, -1), pluralize(singularize(last))]
}

const kebab = (words: readonly string[]): string => words.join('-')
const pascal = (words: readonly string[]): string => camelize(underscore(words.join('_')))
const sentence = (words: readonly string[]): string => {
  const text = words.join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** `wanted`, or with the first number from 2 that makes it new; marks it as taken, case aside. */
function free(wanted: string, taken: Set<string>, separator = ''): string {
  let name = wanted
  for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}${separator}${n}`
  taken.add(name.toLowerCase())
  return name
}

/** `authorId` → `Author id`: the label of a field without `@label`. */
export const labelOf = (name: string): string => sentence(wordsOf(name))
