import { createRequire } from 'node:module'
import { optionNames, options, type Option } from '../../src/options.js'

/** Built so that an import sees its names in some loaders only. */
const { make } = createRequire(import.meta.url)('covertable') as typeof import('covertable')

/** A value of an option; where an option means several things to try, its value and which of them. */
export type Value = string | boolean
/** What there is to choose, and what each row has chosen, by name. */
export type Factors = Readonly<Record<string, readonly Value[]>>
export type Row = Readonly<Record<string, Value>>

/** Values that mean several things to try. */
const VARIANTS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  database: { postgresql: ['embedded', 'server'], mysql: ['server'] },
  pm: { yarn: ['1', '4'] },
}

/** Values that exclude each other: lists and enums of `ai-chat` are PostgreSQL's. */
export const EXCLUDED: readonly Row[] = [
  { example: 'ai-chat', database: 'sqlite' },
  { example: 'ai-chat', database: 'mysql server' },
]

/** Every option that changes the app: choices, switches of the app, and each known name as a switch of its own. */
export function factorsOf(table: Readonly<Record<string, Option>>): Factors {
  const found = Object.entries(table).flatMap(([name, option]): [string, Value[]][] => {
    switch (option.kind) {
      case 'choice':
        return [[name, option.choices.flatMap((value) => variantsOf(name, value))]]
      case 'switch':
        return option.scope === 'app' ? [[name, [true, false]]] : []
      case 'names':
        return option.known.map((known) => [`${name} ${known}`, [false, true]])
      default:
        return []
    }
  })
  return Object.fromEntries(found)
}

const variantsOf = (name: string, value: string): string[] =>
  VARIANTS[name]?.[value]?.map((variant) => `${value} ${variant}`) ?? [value]

/**
 * Rows in which every pair of values that do not exclude each other stands at least once. The library loses pairs
 * when it is told what excludes each other, so it is not told, and rows that can't be are put right here.
 * @throws Error when a pair that is possible got lost
 */
export function coveringRows(factors: Factors): Row[] {
  const names = Object.keys(factors)
  const choices: Record<string, Value[]> = Object.fromEntries(
    names.map((name) => [name, [...factors[name]!]]),
  )
  const rows: readonly Row[] = make(choices)
  const possible = withoutNeedless(rows.flatMap((row) => possibleForms(row, factors)))
  const lost = possiblePairs(factors).filter((pair) => !possible.some((row) => holds(row, pair)))
  if (lost.length > 0) throw new Error(`No row holds ${lost.map(labelOf).join(' with ')}.`)
  return possible.map((row) => Object.fromEntries(names.map((name) => [name, row[name]!])))
}

/** Where two values exclude each other: one row without the one, one without the other, so that no other pair goes. */
function possibleForms(row: Row, factors: Factors): Row[] {
  const pair = EXCLUDED.find((excluded) => holds(row, excluded))
  if (!pair) return [row]
  return Object.keys(pair).flatMap((name) => {
    const forms = factors[name]!.map((value): Row => ({ ...row, [name]: value }))
    return forms.filter(isPossible).slice(0, 1)
  })
}

/** Leaves out rows all of whose pairs stand in others. */
function withoutNeedless(rows: readonly Row[]): Row[] {
  return rows.reduceRight<Row[]>(
    (kept, row) => {
      const others = kept.filter((other) => other !== row)
      const needless = pairsOf(row).every((pair) => others.some((other) => holds(other, pair)))
      return needless ? others : kept
    },
    [...rows],
  )
}

function pairsOf(row: Row): Row[] {
  const entries = Object.entries(row)
  return entries.flatMap(([name, value], index) =>
    entries.slice(index + 1).map(([other, second]) => ({ [name]: value, [other]: second })),
  )
}

function possiblePairs(factors: Factors): Row[] {
  const names = Object.keys(factors)
  return names
    .flatMap((one, index) => names.slice(index + 1).map((other) => [one, other] as const))
    .flatMap(([one, other]) =>
      factors[one]!.flatMap((a) => factors[other]!.map((b) => ({ [one]: a, [other]: b }))),
    )
    .filter(isPossible)
}

const holds = (row: Row, part: Row): boolean =>
  Object.entries(part).every(([name, value]) => row[name] === value)

const isPossible = (row: Row): boolean => !EXCLUDED.some((pair) => holds(row, pair))

/** The rows of this version's options. */
export const matrixRows = (): Row[] =>
  coveringRows(factorsOf(Object.fromEntries(optionNames.map((name) => [name, options[name]]))))

/** What a row is called: its choices, without those for nothing. */
export const labelOf = (row: Row): string =>
  Object.entries(row)
    .flatMap(([name, value]) => {
      if (typeof value === 'string') return value === 'none' ? [] : [value]
      if (value) return [name]
      return name.includes(' ') ? [] : [`no ${name}`]
    })
    .join(', ')

/** The flags that ask for a row. */
export function flagsOf(row: Row): string[] {
  const names = new Map<string, string[]>()
  const flags = Object.entries(row).flatMap(([key, value]) => {
    const [name = '', known] = key.split(' ')
    if (known !== undefined) {
      if (value === true) names.set(name, [...(names.get(name) ?? []), known])
      return []
    }
    if (typeof value === 'boolean') return [value ? `--${name}` : `--no-${name}`]
    return [`--${name}`, value.split(' ', 1)[0] ?? value]
  })
  return [...flags, ...[...names].flatMap(([name, list]) => [`--${name}`, list.join(',')])]
}
