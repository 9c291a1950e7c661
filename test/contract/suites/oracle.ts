/** What a filter says of a row; null where a column is null, so that neither it nor its negation holds. */
type Truth = boolean | null
// oxlint-disable-next-line typescript/no-explicit-any
export type Row = Readonly<Record<string, any>>
export type Where = Row

/** The query language once more, over rows as the API gives them, with no database at all. */
export const matches = (row: Row, where: Where): boolean => evaluate(row, where) === true

const not = (truth: Truth): Truth => (truth === null ? null : !truth)
const all = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(null) ? null : true
const any = (truths: readonly Truth[]): Truth => not(all(truths.map(not)))
const listed = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? value : [value as T]

function evaluate(row: Row, where: Where): Truth {
  return all(
    Object.entries(where).map(([name, condition]) => {
      const branches = () => listed<Where>(condition).map((branch) => evaluate(row, branch))
      if (name === 'AND') return all(branches())
      if (name === 'OR') return any(branches())
      if (name === 'NOT') return all(branches().map(not))
      return ofField(name, row[name], condition)
    }),
  )
}

function ofField(name: string, value: unknown, condition: unknown): Truth {
  if (TO_ONE.has(name)) return ofOne(value as Row | null, condition as Row | null)
  if (name.startsWith('json') || name === 'meta') return ofJson(value, condition)
  if (Array.isArray(value)) {
    const quantified = Object.keys(condition as Row).every((key) => QUANTIFIERS.has(key))
    return quantified ? ofMany(value, condition as Row) : ofList(value, condition as Row)
  }
  return ofColumn(kindOf(name), value, condition)
}

function ofList(values: readonly unknown[], condition: Row): Truth {
  const [held, tests] = [values.map(canonical), Object.entries(condition)]
  return tests.every(([operator, operand]) => {
    const sought = listed<unknown>(operand).map(canonical)
    if (operator === 'isEmpty') return operand === (values.length === 0)
    if (operator === 'equals') return held.join() === sought.join()
    const test = (item: string) => held.includes(item)
    return operator === 'hasSome' ? sought.some(test) : sought.every(test)
  })
}

const QUANTIFIERS = new Set(['some', 'every', 'none'])
const TO_ONE = new Set(['author', 'editor', 'bio', 'post', 'parent', 'label'])

function ofMany(rows: readonly Row[], condition: Row): Truth {
  const truths = (where: Where) => rows.map((row) => evaluate(row, where))
  return all(
    Object.entries(condition).map(([operator, where]) => {
      if (operator === 'some') return truths(where).includes(true)
      return operator === 'none' ? !truths(where).includes(true) : !truths(where).includes(false)
    }),
  )
}

function ofOne(row: Row | null, condition: Row | null): Truth {
  if (condition === null) return row === null
  const operators = Object.keys(condition)
  if (!operators.every((name) => name === 'is' || name === 'isNot')) {
    return row !== null && evaluate(row, condition)
  }
  return all(
    operators.map((name) => {
      const truth = ofOne(row, condition[name])
      return name === 'is' ? truth : not(truth)
    }),
  )
}

type Kind = 'text' | 'number' | 'bigint' | 'decimal' | 'date' | 'plain' | 'level'

const KINDS: readonly (readonly [RegExp, Kind])[] = [
  [/^(bigInt|size)/, 'bigint'],
  [/^(decimal|price)/, 'decimal'],
  [/^(dateTime|publishedAt|createdAt)/, 'date'],
  [/^(int|float|views|rating|number|position)/, 'number'],
  [/^level/, 'level'],
  [/^(boolean|published|bytes)/, 'plain'],
]

export const kindOf = (name: string): Kind =>
  KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'text'

const DIGITS = 30

/** Exact: `1.5` as 15 followed by 29 zeros. */
function scaled(value: string | number): bigint {
  const [whole = '', fraction = ''] = String(value).split('.')
  const digits = BigInt(whole.replace('-', '') + fraction.padEnd(DIGITS, '0'))
  return whole.startsWith('-') ? -digits : digits
}

/** A value in a form that compares as the database should. */
function comparable(kind: Kind, value: unknown): string | number | bigint | boolean {
  if (kind === 'bigint') return BigInt(value as string)
  if (kind === 'decimal') return scaled(value as string)
  if (kind === 'date') return Date.parse(value as string)
  return value as string
}

function ofColumn(kind: Kind, value: unknown, condition: unknown): Truth {
  if (typeof condition !== 'object' || condition === null) {
    return operation(kind, 'equals', value, condition)
  }
  return all(
    Object.entries(condition).map(([operator, operand]) =>
      operator === 'not'
        ? not(ofColumn(kind, value, operand))
        : operation(kind, operator, value, operand),
    ),
  )
}

function operation(kind: Kind, operator: string, value: unknown, operand: unknown): Truth {
  if (operator === 'equals' && operand === null) return value === null
  if (value === null) return null
  const left = comparable(kind, value)
  const right = Array.isArray(operand) ? 0 : comparable(kind, operand)
  const found = () => (operand as unknown[]).some((item) => comparable(kind, item) === left)
  switch (operator) {
    case 'equals':
      return left === right
    case 'in':
      return found()
    case 'notIn':
      return !found()
    case 'lt':
      return left < right
    case 'lte':
      return left <= right
    case 'gt':
      return left > right
    case 'gte':
      return left >= right
    default:
      return partOf(operator, String(value), String(operand))
  }
}

function partOf(operator: string, value: string, part: string): boolean {
  const [text, sought] = [value.toLowerCase(), part.toLowerCase()]
  if (operator.endsWith('contains')) return text.includes(sought)
  if (/^startsWith$|_starts_with$/.test(operator)) return text.startsWith(sought)
  if (/^endsWith$|_ends_with$/.test(operator)) return text.endsWith(sought)
  throw new Error(`The oracle knows no operator ${operator}.`)
}

function ofJson(column: unknown, condition: unknown): Truth {
  if (typeof condition !== 'object' || condition === null)
    return ofJson(column, { equals: condition })
  const { path = [], ...operators } = condition as Row
  const value = (path as string[]).reduce<unknown>(step, column ?? undefined)
  return all(
    Object.entries(operators).map(([operator, operand]) => {
      if (operator === 'not') return not(jsonOperation('equals', value, operand))
      return jsonOperation(operator, value, operand)
    }),
  )
}

const step = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null && /^\d+$/.test(name) === Array.isArray(value)
    ? (value as Row)[name]
    : undefined

/** A value of another type is neither met nor failed, as null is. */
function jsonOperation(operator: string, value: unknown, operand: unknown): Truth {
  if (operator === 'equals' && operand === null) return value === null || value === undefined
  if (value === undefined) return null
  if (operator === 'equals') return canonical(value) === canonical(operand)
  if (operator.startsWith('string_')) {
    return typeof value === 'string' ? partOf(operator, value, String(operand)) : null
  }
  if (operator.startsWith('array_') && !Array.isArray(value)) return null
  if (operator === 'array_contains') {
    const held = new Set((value as unknown[]).map(canonical))
    return listed(operand).every((item) => held.has(canonical(item)))
  }
  if (Array.isArray(value) && operator.startsWith('array_')) {
    const item = operator === 'array_starts_with' ? value[0] : value.at(-1)
    return item === undefined ? null : canonical(item) === canonical(operand)
  }
  return typeof value === typeof operand ? operation('text', operator, value, operand) : null
}

/** JSON that is the same text for the same value. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )

/** The rows in an order such as `['-rating', 'editor.name']`, by id where they are equal. */
export function sorted(
  rows: readonly Row[],
  order: readonly string[],
  levels: readonly string[],
): Row[] {
  const keys = [...order, 'id']
  return rows.toSorted((a, b) => {
    for (const key of keys) {
      const path = key.replace(/^-/, '').split('.')
      const difference = compare(path, valueAt(a, path), valueAt(b, path), levels)
      if (difference !== 0) return key.startsWith('-') ? -difference : difference
    }
    return 0
  })
}

const valueAt = (row: Row, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, name) => (value as Row | null)?.[name] ?? null, row)

/** Null is the least value. */
function compare(
  path: readonly string[],
  a: unknown,
  b: unknown,
  levels: readonly string[],
): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null)
  const kind = kindOf(path.at(-1) ?? '')
  const rank = (value: unknown) =>
    kind === 'level' ? levels.indexOf(String(value)) : comparable(kind, value)
  const [left, right] = [rank(a), rank(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
