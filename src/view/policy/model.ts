import type { Model, ModelAnnotations, Provider } from '../../schema/model.js'
import type { ModelNames } from '../names.js'
import { commentText, literal, propertyKey } from '../text.js'
import { combine, constant, Uses, type Code } from './code.js'
import { compileRule } from './compile.js'

export const OPERATIONS = ['read', 'create', 'update', 'delete'] as const
export type Operation = (typeof OPERATIONS)[number]
type Policies = ModelAnnotations['policies']

/** One operation's rule as templates print it. */
type RuleView = {
  readonly operation: Operation
  /** The rules of the schema, one line each. */
  readonly comments: readonly string[]
  /** A function of the user, or the name of one. */
  readonly code: string
}

/** The file of a model's policy. */
export type PolicyView = ModelNames & {
  readonly name: string
  /** `posts`, in a sentence. */
  readonly things: string
  /** Names imported from `policies/rules.ts`. */
  readonly helpers: string
  /** Names imported from `policies/claims.ts`; null for none. */
  readonly claims: string | null
  readonly usesEnums: boolean
  readonly usesClient: boolean
  /** Ways to sign in that `@@auth` asks for, as a literal; null where it asks for none. */
  readonly signIn: string | null
  readonly rules: readonly RuleView[]
  readonly fields: readonly { readonly key: string; readonly rules: readonly RuleView[] }[]
}

/** True where who is signed in matters to the model. */
export const isGoverned = ({ annotations: { auth, policies } }: Model): boolean =>
  auth.length > 0 || policies.length > 0

/**
 * What a model's policy allows, compiled. Rules on one operation add up: any of them allows it. With rules on rows,
 * an operation without one is nobody's; without any it is open to whoever `@@auth` lets in.
 */
export function viewPolicy(
  model: Model,
  names: ModelNames,
  models: ReadonlyMap<string, Model>,
  provider: Provider,
): PolicyView {
  const uses = new Uses()
  const compile = (operation: Operation, policies: Policies): RuleView => {
    const relevant = policies.filter((policy) => concerns(policy, operation))
    const parts = relevant.map(({ expression }) =>
      compileRule(expression, { model, models, provider, uses }),
    )
    return {
      operation,
      comments: relevant.map(({ rule }) => commentText(rule)),
      code: functionOf(combine('any', parts, uses), uses),
    }
  }
  const rows = model.annotations.policies.filter(({ fields }) => fields.length === 0)
  const fallback = openTo(model)
  const rules = OPERATIONS.map((operation) =>
    rows.length > 0
      ? compile(operation, rows)
      : { operation, comments: [], code: functionOf(fallback, uses) },
  )
  const fields = model.fields.flatMap((field) => {
    const own = model.annotations.policies.filter((policy) => policy.fields.includes(field.name))
    const ruled = OPERATIONS.filter((operation) => own.some((it) => concerns(it, operation)))
    const guards = ruled.filter((operation) => operation !== 'delete')
    if (guards.length === 0) return []
    const key = propertyKey(field.name)
    return [{ key, rules: guards.map((operation) => compile(operation, own)) }]
  })
  const kinds = signInKinds(model)
  return {
    ...names,
    name: model.name,
    things: names.pluralLabel.charAt(0).toLowerCase() + names.pluralLabel.slice(1),
    ...importsOf(uses),
    usesEnums: uses.enums,
    usesClient: uses.client,
    signIn: kinds.length === 0 ? null : literal(kinds),
    rules,
    fields,
  }
}

/** True where a policy is about an operation. */
export function concerns({ operations }: Policies[number], operation: Operation): boolean {
  return (
    operations.includes(operation) ||
    operations.includes('*') ||
    (operation !== 'read' && operations.includes('write'))
  )
}

/** Ways to sign in that `@@auth` asks for; none where any will do. */
export const signInKinds = ({ annotations }: Model): string[] =>
  annotations.auth.flatMap(({ kinds }) => kinds).filter((kind) => kind !== 'public')

/** Whom rows without a rule are open to. */
const openTo = ({ annotations }: Model): Code =>
  annotations.auth.some(({ kinds }) => kinds.includes('public'))
    ? constant(true)
    : { kind: 'rule', text: 'user !== null' }

function functionOf(code: Code, uses: Uses): string {
  if (code.kind === 'constant') return uses.helper(code.value ? 'everyone' : 'nobody')
  if (code.text === 'user !== null') return uses.helper('signedIn')
  return code.kind === 'filter' ? `() => (${code.text})` : `(user) => ${code.text}`
}

const RULES = /^(allOf|anyOf|every|everyone|nobody|signedIn|some)$/

function importsOf({ helpers }: Uses): { helpers: string; claims: string | null } {
  const names = [...helpers].sort()
  const claims = names.filter((name) => !RULES.test(name))
  return {
    helpers: ['definePolicy', ...names.filter((name) => RULES.test(name))].sort().join(', '),
    claims: claims.length === 0 ? null : claims.join(', '),
  }
}
