import type { AnyPermissions } from '../http/access-types.js'
import { isRelation, modelMeta } from '../http/lookup.js'
import { asBigInt, asInt, asText, asUuid, claim, hasRole } from './claims.js'
import { policies } from './index.js'
import { allOf, anyOf, nobody, type Policy, type Rule, type RuleFor } from './rules.js'

type Operation = keyof AnyPermissions
type Permission = NonNullable<AnyPermissions[Operation]>[number]

const narrowed = new Map<string, Policy>()

/** The policy of a model: that of the schema, and what the app's own code takes away from it. */
export function policyOf(model: string): Policy {
  const policy =
    narrowed.get(model) ?? (Object.hasOwn(policies, model) ? policies[model] : undefined)
  if (!policy) throw new Error(`There is no policy of ${model} in policies/index.ts.`)
  return policy
}

/** True where nobody may do this. */
export const isClosed = (model: string, operation: Operation): boolean =>
  policyOf(model)[operation] === nobody

/** From here on only those may do what these permissions allow, too. */
export function narrowPolicy(model: string, permissions: AnyPermissions): void {
  const policy = policyOf(model)
  const both = (operation: Operation): RuleFor => {
    const rule = policy[operation]
    const allowed = permissions[operation]
    if (allowed === undefined) return rule
    if (allowed.length === 0) return nobody
    return (user) => allOf(rule(user), anyOf(...allowed.map((it) => ruleOf(model, it)(user))))
  }
  const rules = { read: both('read'), create: both('create'), update: both('update') }
  narrowed.set(model, { ...policy, ...rules, delete: both('delete') })
}

const ruleOf = (model: string, permission: Permission): RuleFor =>
  typeof permission === 'string'
    ? (user) => hasRole(user, permission)
    : ownedBy(model, permission.owner)

/** Rows with the user's id in a column. */
function ownedBy(model: string, column: string): RuleFor {
  const field = modelMeta(model).fields[column]
  if (!field || isRelation(field)) throw new Error(`${model} has no column ${column}.`)
  const rowsOf = (id: unknown): Rule => ({
    [column]: field.nullable ? { equals: id, not: null } : id,
  })
  return (user) => {
    switch (field.type) {
      case 'Int':
        return claim(user, ['id'], asInt, rowsOf)
      case 'BigInt':
        return claim(user, ['id'], asBigInt, rowsOf)
      default:
        return claim(
          user,
          ['id'],
          field.type === 'String' && field.format === 'uuid' ? asUuid : asText,
          rowsOf,
        )
    }
  }
}
