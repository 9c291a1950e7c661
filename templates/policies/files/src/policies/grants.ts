import type { User } from '../http/authenticate.js'
import { isRelation, perModel } from '../http/lookup.js'
import { Problem } from '../http/problem.js'
import { isClosed, policyOf } from './permissions.js'
import { allOf, type Policy, type Rule, type RuleFor } from './rules.js'

type Operation = 'read' | 'create' | 'update' | 'delete'

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
  const answers = new Map<RuleFor, Rule>()
  const answer = (rule: RuleFor): Rule => {
    const known = answers.get(rule) ?? rule(user)
    answers.set(rule, known)
    return known
  }
  return {
    rows: (model, operation) =>
      once(`${model} ${operation}`, () => {
        const policy = policyOf(model)
        return isAdmitted(policy, user) && policy[operation](user)
      }),
    field: (model, name, operation) => {
      const rules = fieldRules(model, name, operation)
      return allOf(...rules.map((rule) => answer(rule)))
    },
    guarded: (model) => [...readRules(model).keys()],
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

const fieldsOf = perModel(({ name }) => new Map(Object.entries(policyOf(name).fields ?? {})))

function fieldRules(
  model: string,
  name: string,
  operation: 'read' | 'create' | 'update',
): readonly RuleFor[] {
  if (operation === 'read') return readRules(model).get(name) ?? []
  const rule = fieldsOf(model).get(name)?.[operation]
  return rule ? [rule] : []
}

/** Rules of reading by field. A relation and its foreign key are one thing: a rule on one is a rule on the other. */
const readRules = perModel(({ name: model, fields }): ReadonlyMap<string, readonly RuleFor[]> => {
  const own = fieldsOf(model)
  const keys = Object.entries(fields).flatMap(([name, field]) =>
    isRelation(field) && field.fields ? [{ name, columns: field.fields }] : [],
  )
  const alike = (column: string): string[] => [
    column,
    ...keys.filter(({ columns }) => columns.includes(column)).map(({ name }) => name),
  ]
  const entries = Object.keys(fields).map((name) => {
    const columns = keys.find((key) => key.name === name)?.columns ?? []
    const asked = new Set([name, ...[name, ...columns].flatMap(alike)])
    return [name, [...asked].flatMap((it) => own.get(it)?.read ?? [])] as const
  })
  return new Map(entries.filter(([, rules]) => rules.length > 0))
})
