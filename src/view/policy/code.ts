/** What a part of a rule is in emitted code: known already, a filter as it stands, or an expression that asks for the user. */
export type Code =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** An object literal; `inner` is the one that it is the opposite of, where there is one. */
  | { readonly kind: 'filter'; readonly text: string; readonly inner?: string }
  | { readonly kind: 'rule'; readonly text: string }

export const constant = (value: boolean): Code => ({ kind: 'constant', value })
export const filter = (text: string): Code => ({ kind: 'filter', text })
export const rule = (text: string): Code => ({ kind: 'rule', text })

/** A filter, or the rows that it does not find. Filters of rules are true or false for every row, never null. */
export const filterOrNot = (text: string, negated: boolean): Code =>
  negated ? { kind: 'filter', text: `{ NOT: ${text} }`, inner: text } : filter(text)

/** The text of a rule, constants included. */
export const textOf = (code: Code): string =>
  code.kind === 'constant' ? String(code.value) : code.text

/** Helpers of `policies/rules.ts` and what else an emitted policy names. */
export class Uses {
  readonly helpers = new Set<string>()
  enums = false
  client = false

  helper(name: string): string {
    this.helpers.add(name)
    return name
  }
}

/** All or any of several parts; what is known already is left out. */
export function combine(kind: 'all' | 'any', parts: readonly Code[], uses: Uses): Code {
  const decisive = kind === 'any'
  if (parts.some((part) => part.kind === 'constant' && part.value === decisive))
    return constant(decisive)
  const open = parts.filter((part) => part.kind !== 'constant')
  const [first] = open
  if (first === undefined) return constant(!decisive)
  if (open.length === 1) return first
  if (open.every((part) => part.kind === 'filter'))
    return filter(`{ ${decisive ? 'OR' : 'AND'}: [${open.map(textOf).join(', ')}] }`)
  return rule(`${uses.helper(`${kind}Of`)}(${open.map(textOf).join(', ')})`)
}
