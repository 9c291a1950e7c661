import type { User } from '../http/authenticate.js'
import { perModel } from '../http/lookup.js'
import { Problem } from '../http/problem.js'
import { isClosed, policyOf } from './permissions.js'
import type { Policy, Rule } from './rules.js'

export type Operation = 'read' | 'create' | 'update' | 'delete'

/** What one user may do. */
export interface Grants {
  /** On which rows of a model. */
  rows(model: string, operation: Operation): Rule
  /** On which of these with one field of it. */
  field(model: string, name: string, operation: 'read' | 'create' | 'update'): Rule
  /** Fields that may not be read in every row. */
  guarded(model: string): readonly string[]
  /** What to answer where a rule says no: sign in where that can help, else that it is not allowed. */
  refusal(model: string, operation: Operation, what?: string): Problem
}

/** Asks each rule once. */
export function grantsTo(user: User | null): Grants {
  const known = new Map<string, Rule>()
  const once = (key: string, ask: () => Rule): Rule => {
    const rule = known.get(key) ?? ask()
    known.set(key, rule)
    return rule
  }
  return {
    rows: (model, operation) =>
      once(`${model} ${operation}`, () => {
        const policy = policyOf(model)
        return isAdmitted(policy, user) && policy[operation](user)
      }),
    field: (model, name, operation) =>
      once(`${model} ${operation} ${name}`, () => {
        const rule = fieldsOf(policyOf(model)).get(name)?.[operation]
        return rule === undefined || rule(user)
      }),
    guarded,
    refusal: (model, operation, what = `a ${model}`) =>
      isClosed(model, operation)
        ? notAllowed(`${operation} ${what}`)
        : refuse(user, `${operation} ${what}`),
  }
}

/** Asks to sign in whoever has not; says to others that they may not. */
export const refuse = (user: User | null, doing: string): Problem =>
  user === null
    ? new Problem(401, 'not_signed_in', { detail: `Sign in to ${doing}.` })
    : notAllowed(doing)

const notAllowed = (doing: string): Problem =>
  new Problem(403, 'not_allowed', { detail: `You may not ${doing}.` })

const isAdmitted = ({ signIn }: Policy, user: User | null): boolean =>
  signIn === undefined || (user !== null && signIn.includes(user.via))

const fieldsOf = ({ fields = {} }: Policy) => new Map(Object.entries(fields))

const guarded = perModel(({ name: model }): readonly string[] =>
  [...fieldsOf(policyOf(model))].flatMap(([name, { read }]) => (read ? [name] : [])),
)
