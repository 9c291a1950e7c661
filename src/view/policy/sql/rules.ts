import type { Enum, Model } from '../../../schema/model.js'
import type { PolicyExpression, PolicyOperand } from '../../../schema/policy-ast.js'
import { concerns, signInKinds, type Operation } from '../model.js'
import { compileSql } from './compile.js'
import { ident, OWN, text } from './quote.js'
import { aliases, once, UID, type SqlScope } from './scope.js'
import { tableOf, type SqlRow } from './tables.js'

/** A condition on a row that asks for other rows: they are found by a function of the owner, past all policies. */
export type RowFunction = {
  /** Quoted, with its schema. */
  readonly name: string
  readonly table: string
  readonly condition: string
}

/** Parameter of such a function. */
const ROW = '_row'

/** Compiles the rules of a schema, and collects the functions that they need. */
export class SqlRules {
  readonly functions: RowFunction[] = []
  private readonly known = new Map<string, string>()

  constructor(
    private readonly models: ReadonlyMap<string, Model>,
    private readonly enums: ReadonlyMap<string, Enum>,
  ) {}

  /** What a policy of the model's table asks of each row. */
  conditionOf(model: Model, operation: Operation): string {
    return this.condition(model, operation, this.scopeOf(model, operation))
  }

  /** The name of a function that asks the same of a row that is its parameter. */
  functionOf(model: Model, operation: Operation): string {
    const scope = this.scopeOf(model, operation)
    const row = { model, sql: ROW }
    const apart = scope.apart === null ? null : row
    return this.named(
      model,
      this.condition(model, operation, { ...scope, row, apart, hoist: null }),
    )
  }

  private condition(model: Model, operation: Operation, scope: SqlScope): string {
    const { annotations } = model
    const kinds = signInKinds(model)
    const admitted = kinds.length === 0 ? [] : [`${VIA} IN (${kinds.map(text).join(', ')})`]
    const open = annotations.auth.some((auth) => auth.kinds.includes('public'))
    const allowed = annotations.policies.some(({ fields }) => fields.length === 0)
      ? this.relevant(model, operation).map((rule) => compileSql(rule, scope))
      : [open ? 'true' : `${UID} IS NOT NULL`]
    return [...admitted, together(allowed.length === 0 ? ['false'] : allowed)].join(' AND ')
  }

  /**
   * True where a rule depends on the row: such a rule is asked when all of a request is written, as it may ask for what
   * comes after the row, and so that other reasons to refuse a request come first, as they do without it.
   */
  asksRow(model: Model, operation: 'create' | 'update'): boolean {
    return this.relevant(model, operation).some(dependsOnRow)
  }

  private relevant(model: Model, operation: Operation): PolicyExpression[] {
    return model.annotations.policies
      .filter((policy) => policy.fields.length === 0 && concerns(policy, operation))
      .map(({ expression }) => expression)
  }

  private scopeOf(model: Model, operation: Operation): SqlScope {
    const { models, enums } = this
    const row: SqlRow = { model, sql: ident(model.dbName) }
    return {
      ...{ row, models, enums, alias: aliases(), apart: operation === 'create' ? row : null },
      hoist: (condition) => {
        const own = { model, sql: ROW }
        return `${this.named(model, condition(own))}(${row.sql}.*)`
      },
    }
  }

  private named(model: Model, condition: string): string {
    const table = tableOf(model)
    const key = `${table} ${condition}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const number = this.functions.length + 1
    const name = `${OWN}.${ident(`${model.name.slice(0, 40)}_${number}`)}`
    this.functions.push({ name, table, condition })
    this.known.set(key, name)
    return name
  }
}

const together = (alternatives: readonly string[]): string =>
  alternatives.length > 1 ? `(${alternatives.join(' OR ')})` : alternatives[0]!

const VIA = once(`${OWN}.via()`)

function dependsOnRow(rule: PolicyExpression): boolean {
  const isField = ({ kind }: PolicyOperand): boolean => kind === 'field'
  switch (rule.kind) {
    case 'and':
    case 'or':
      return rule.operands.some(dependsOnRow)
    case 'not':
      return dependsOnRow(rule.operand)
    case 'compare':
    case 'in':
      return isField(rule.left) || isField(rule.right)
    case 'truth':
      return isField(rule.operand)
    case 'constant':
    case 'authenticated':
    case 'role':
      return false
    case 'owner':
    case 'some':
    case 'every':
    case 'none':
      return true
  }
}
