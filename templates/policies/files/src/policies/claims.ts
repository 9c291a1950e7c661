import type { User } from '../http/authenticate.js'
import type { Rule } from './rules.js'

/** Reads a claim as a value of some type; undefined for anything else. */
type Cast<T> = (value: unknown) => T | undefined

/**
 * What holds with a claim of the user. Without it, or with one of another type, nothing does: a filter by undefined
 * would find every row.
 */
export function claim<T, Where extends object>(
  user: User | null,
  path: readonly string[],
  cast: Cast<T>,
  rule: (value: T) => Rule<NoInfer<Where>>,
): Rule<Where> {
  const value = cast(valueOf(user, path))
  return value === undefined ? false : rule(value)
}

/** True for a user who has the claim. */
export const hasClaim = (user: User | null, path: readonly string[]): boolean =>
  user !== null && valueOf(user, path) !== undefined

/** True for a user who does not have the claim; false where nobody is signed in. */
export const lacksClaim = (user: User | null, path: readonly string[]): boolean =>
  user !== null && valueOf(user, path) === undefined

/** By the claims `role`, a text, and `roles`, a list of texts. */
export function hasRole(user: User | null, role: string): boolean {
  const roles = asList(asText)(valueOf(user, ['roles'])) ?? []
  return roles.includes(role) || valueOf(user, ['role']) === role
}

function valueOf(user: User | null, path: readonly string[]): unknown {
  if (user === null) return undefined
  if (path.length === 1 && path[0] === 'id') return user.id
  let value: unknown = user.claims
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[name]
  }
  return value ?? undefined
}

export const asText: Cast<string> = (value) => (typeof value === 'string' ? value : undefined)

export const asBoolean: Cast<boolean> = (value) => (typeof value === 'boolean' ? value : undefined)

export const asUuid: Cast<string> = (value) =>
  typeof value === 'string' && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)
    ? value
    : undefined

/** A number, or text of one: an id often comes as text. */
export const asFloat: Cast<number> = (value) => {
  const text = decimalText(value)
  return text === undefined ? undefined : Number(text)
}

export const asInt: Cast<number> = (value) => {
  const number = asFloat(value)
  return Number.isInteger(number) && Math.abs(Number(number)) < 2 ** 31 ? number : undefined
}

export const asBigInt: Cast<bigint> = (value) => {
  const text = decimalText(value)
  if (text === undefined || !/^-?\d{1,19}$/.test(text)) return undefined
  const number = BigInt(text)
  return BigInt.asIntN(64, number) === number ? number : undefined
}

export const asDecimal: Cast<string> = (value) => decimalText(value)

/** A number, a bigint, a Decimal or text of digits, as text. */
function decimalText(value: unknown): string | undefined {
  if (typeof value === 'boolean' || value === null || Array.isArray(value)) return undefined
  const text = String(value)
  return /^-?\d{1,64}(\.\d{1,32})?$/.test(text) ? text : undefined
}

export const asDate: Cast<Date> = (value) => {
  const date = value instanceof Date ? value : new Date(typeof value === 'string' ? value : NaN)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** A text or a number, to compare with another claim. */
export const asScalar: Cast<string | number> = (value) =>
  typeof value === 'string' || typeof value === 'number' ? value : undefined

/** One of an enum's values. */
export const asOneOf =
  <T extends string>(values: readonly T[]): Cast<T> =>
  (value) =>
    values.find((known) => known === value)

/** The values of a list that are of a type. */
export const asList =
  <T>(cast: Cast<T>): Cast<T[]> =>
  (value) =>
    Array.isArray(value) ? value.map(cast).filter((item) => item !== undefined) : undefined
