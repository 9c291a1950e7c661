import type { User } from '../http/authenticate.js'

/** Which rows: those that a filter finds, or all or none of them. A filter is never null for a row. */
export type Rule<Where extends object = object> = Where | boolean

/** The rule for one user; null where nobody is signed in. */
export type RuleFor<Where extends object = object> = (user: User | null) => Rule<Where>

/** For which rows a field may be read or written, where that is not so for all of them. */
interface FieldPolicy<Where extends object = object> {
  readonly read?: RuleFor<Where>
  readonly create?: RuleFor<Where>
  readonly update?: RuleFor<Where>
}

/** Who may do what with the rows of one model. What may be changed or deleted must be readable, too. */
export interface Policy<Where extends object = object> {
  /** Ways to sign in, where only some will do. */
  readonly signIn?: readonly User['via'][]
  readonly read: RuleFor<Where>
  /** Of the row as it is once it is written. */
  readonly create: RuleFor<Where>
  /** Of the row as it was, and as it is once it is written. */
  readonly update: RuleFor<Where>
  readonly delete: RuleFor<Where>
  readonly fields?: Readonly<Record<string, FieldPolicy<Where>>>
}

/** Binds the rules of a model to its filters. */
export const definePolicy = <Where extends object>(policy: Policy<Where>): Policy => policy

export const everyone = (): boolean => true
export const nobody = (): boolean => false
export const signedIn = (user: User | null): boolean => user !== null

/** Rows that all of these allow. */
export function allOf<Where extends object>(
  ...rules: readonly Rule<NoInfer<Where>>[]
): Rule<Where> {
  if (rules.includes(false)) return false
  return joined('AND', rules)
}

/** Rows that any of these allows. */
export function anyOf<Where extends object>(
  ...rules: readonly Rule<NoInfer<Where>>[]
): Rule<Where> {
  if (rules.includes(true)) return true
  return joined('OR', rules)
}

function joined<Where extends object>(
  operator: 'AND' | 'OR',
  rules: readonly Rule<Where>[],
): Rule<Where> {
  const filters = rules.filter((rule) => typeof rule === 'object')
  const [first] = filters
  // Prisma takes an OR of nothing for no condition at all.
  if (first === undefined) return operator === 'AND'
  return filters.length === 1 ? first : ({ [operator]: filters } as Where)
}

/** Rows with a related row that the rule allows. */
export function some<Related extends object, Where extends object>(
  related: (rows: Related) => NoInfer<Where>,
  rule: Rule<NoInfer<Related>>,
): Rule<Where> {
  if (rule === false) return false
  return related(rule === true ? ({} as Related) : rule)
}

/** Rows without a related row that the rule does not allow. */
export function every<Related extends object, Where extends object>(
  related: (rows: Related) => NoInfer<Where>,
  rule: Rule<NoInfer<Related>>,
): Rule<Where> {
  if (rule === true) return true
  const others = rule === false ? {} : { NOT: rule }
  return { NOT: related(others as Related) } as Where
}
