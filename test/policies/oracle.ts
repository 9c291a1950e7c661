import type { Field, Model, Schema } from '../../src/schema/model.js'
import type { PolicyExpression, PolicyOperand } from '../../src/schema/policy-ast.js'
import { nameModels } from '../../src/view/names.js'
import type { Row, World } from './scene.js'

export type Person = {
  readonly name: string
  readonly id: string
  readonly via: 'JWT' | 'Google' | 'ApiKey' | 'NextAuth'
  readonly claims: Row
  /** True for one who is let in nowhere. */
  readonly suspended?: boolean
}

export type Operation = 'read' | 'create' | 'update' | 'delete'

/** Undefined where a claim decides that the user does not have: neither true nor false. */
type Truth = boolean | undefined

/**
 * Evaluates the rules of the schema in JavaScript over all rows of a world: what the app is held against. It shares
 * nothing with the compiler but the syntax tree.
 */
export class Oracle {
  private readonly models: ReadonlyMap<string, Model>

  constructor(
    private readonly schema: Pick<Schema, 'models'>,
    readonly world: World,
    readonly who: Person | null,
  ) {
    this.models = new Map(schema.models.map((model) => [model.name, model]))
  }

  model(name: string): Model {
    return this.models.get(name)!
  }

  /** The same in another world. */
  in(world: World): Oracle {
    return new Oracle(this.schema, world, this.who)
  }

  get everyModel(): readonly Model[] {
    return this.schema.models
  }

  /** Names a row, in its address too. */
  idOf(model: string, row: Row): string {
    return this.model(model)
      .key!.fields.map((name) => String(row[name]))
      .join('/')
  }

  /** Address of a model, or of a row. */
  pathOf(model: string, row?: Row): string {
    const path = `/api/${nameModels(this.schema.models).get(model)!.path}`
    return row === undefined ? path : `${path}/${this.idOf(model, row)}`
  }

  rows(model: string): readonly Row[] {
    return this.world[model] ?? []
  }

  allows(model: string, operation: Operation, row: Row): boolean {
    const { auth, policies } = this.model(model).annotations
    if (this.who?.suspended) return false
    const kinds: readonly string[] = auth.flatMap((one) => one.kinds)
    const asked = kinds.filter((kind) => kind !== 'public')
    if (asked.length > 0 && !asked.includes(this.who?.via ?? '')) return false
    const rules = policies.filter(({ fields }) => fields.length === 0)
    if (rules.length === 0) return kinds.includes('public') || this.who !== null
    return this.any(rules, operation, model, row)
  }

  allowsField(model: string, name: string, operation: Operation, row: Row): boolean {
    const { fields, annotations } = this.model(model)
    if (fields.find((field) => field.name === name)?.annotations.hidden) return false
    const rules = annotations.policies.filter(
      (policy) => policy.fields.includes(name) && concerns(policy, operation),
    )
    return rules.length === 0 || this.any(rules, operation, model, row)
  }

  visible(model: string): readonly Row[] {
    return this.rows(model).filter((row) => this.allows(model, 'read', row))
  }

  private any(
    rules: Model['annotations']['policies'],
    operation: Operation,
    model: string,
    row: Row,
  ): boolean {
    return rules
      .filter((rule) => concerns(rule, operation))
      .some((rule) => this.evaluate(rule.expression, model, row) === true)
  }

  /** The rows at the end of a relation. */
  related(model: string, row: Row, name: string): readonly Row[] {
    const field = this.model(model).fields.find((it) => it.name === name)
    if (field?.kind !== 'relation') throw new Error(`${model}.${name} is no relation.`)
    const others = this.rows(field.type)
    if (field.owning)
      return others.filter((other) =>
        field.fields.every(
          (key, i) => row[key] !== null && row[key] === other[field.references[i]!],
        ),
      )
    const inverse = this.model(field.type).fields.find((it) => it.name === field.inverse)
    if (inverse?.kind !== 'relation') throw new Error('No inverse.')
    if (inverse.owning)
      return others.filter((other) =>
        inverse.fields.every(
          (key, i) => other[key] !== null && other[key] === row[inverse.references[i]!],
        ),
      )
    const links = (from: Row, to: Row): boolean =>
      Array.isArray(from['tags']) ? from['tags'].includes(to['id']) : false
    return others.filter((other) => links(row, other) || links(other, row))
  }

  private evaluate(rule: PolicyExpression, model: string, row: Row): Truth {
    switch (rule.kind) {
      case 'and':
        return every(rule.operands.map((part) => this.evaluate(part, model, row)))
      case 'or':
        return not(every(rule.operands.map((part) => not(this.evaluate(part, model, row)))))
      case 'not':
        return not(this.evaluate(rule.operand, model, row))
      case 'constant':
        return rule.value
      case 'authenticated':
        return this.who !== null
      case 'owner':
        return this.compare(
          '==',
          this.column(model, row, rule.path),
          this.claim(['id']),
          typeOf(this, model, rule.path),
        )
      case 'role': {
        const { role, roles } = this.who?.claims ?? {}
        return role === rule.role || (Array.isArray(roles) && roles.includes(rule.role))
      }
      case 'truth':
        return this.compare('==', this.value(rule.operand, model, row), true, 'Boolean')
      case 'compare': {
        const claims = [rule.left, rule.right].filter(({ kind }) => kind === 'claim')
        const isNull = (it: PolicyOperand) => it.kind === 'literal' && it.value === null
        if (claims.length > 0 && (isNull(rule.left) || isNull(rule.right))) {
          if (this.who === null) return undefined
          const missing = this.value(claims[0]!, model, row) === undefined
          return missing === (rule.operator === '==')
        }
        const type = this.typeOfSides(rule.left, rule.right)
        return this.compare(
          rule.operator,
          this.value(rule.left, model, row),
          this.value(rule.right, model, row),
          type,
        )
      }
      case 'in': {
        const left = this.value(rule.left, model, row)
        const type = this.typeOfSides(rule.left, rule.right)
        if (rule.right.kind === 'list') {
          const parts = rule.right.values.map((it) =>
            this.compare('==', left, this.value(it, model, row), type),
          )
          return not(every(parts.map(not)))
        }
        const list = this.value(rule.right, model, row)
        if (left === undefined || !Array.isArray(list)) return undefined
        return list.some((item) => this.compare('==', left, item, type) === true)
      }
      case 'some':
      case 'every':
      case 'none': {
        const from = this.through(model, row, rule.path.slice(0, -1))
        const rows = from ? this.related(from.model, from.row, rule.path.at(-1)!) : []
        const truths = rows.map((it) => this.evaluate(rule.where, rule.model, it))
        if (rule.kind === 'every') return every(truths)
        const none = every(truths.map(not))
        return rule.kind === 'none' ? none : not(none)
      }
    }
  }

  private through(model: string, row: Row, path: readonly string[]) {
    let at: { model: string; row: Row } | null = { model, row }
    for (const name of path) {
      const [next]: readonly Row[] = this.related(at.model, at.row, name)
      const field: Field = this.model(at.model).fields.find((it) => it.name === name)!
      if (next === undefined) return null
      at = { model: field.type, row: next }
    }
    return at
  }

  private column(model: string, row: Row, path: readonly string[]): unknown {
    const at = this.through(model, row, path.slice(0, -1))
    return at?.row[path.at(-1)!] ?? null
  }

  private claim(path: readonly string[]): unknown {
    if (this.who === null) return undefined
    if (path.join('.') === 'id') return this.who.id
    return path.reduce<unknown>(
      (value, name) => (value as Row | null | undefined)?.[name] ?? undefined,
      this.who.claims,
    )
  }

  private value(operand: PolicyOperand, model: string, row: Row): unknown {
    switch (operand.kind) {
      case 'field':
        return this.column(model, row, operand.path)
      case 'claim':
        return this.claim(operand.path)
      case 'literal':
        return operand.value
      case 'list':
        return operand.values.map((it) => this.value(it, model, row))
    }
  }

  private typeOfSides(left: PolicyOperand, right: PolicyOperand): string {
    if (left.kind === 'field') return left.enum ? 'Enum' : left.type
    if (right.kind === 'field') return right.enum ? 'Enum' : right.type
    const literal =
      left.kind === 'literal' ? left.value : right.kind === 'literal' ? right.value : ''
    return { string: 'String', number: 'Float', boolean: 'Boolean' }[typeof literal as 'string']
  }

  private compare(operator: string, left: unknown, right: unknown, type: string): Truth {
    if (left === undefined || right === undefined) return undefined
    if (operator === '!=') return not(this.compare('==', left, right, type))
    if (left === null || right === null) return operator === '==' ? left === right : false
    const [a, b] = [read(left, type), read(right, type)]
    if (a === undefined || b === undefined) return undefined
    switch (operator) {
      case '==':
        return a === b
      case '<':
        return a < b
      case '<=':
        return a <= b
      case '>':
        return a > b
      default:
        return a >= b
    }
  }
}

const typeOf = (oracle: Oracle, model: string, path: readonly string[]): string => {
  let at = oracle.model(model)
  for (const name of path.slice(0, -1))
    at = oracle.model(at.fields.find((field) => field.name === name)!.type)
  return at.fields.find((field) => field.name === path.at(-1))!.type
}

/** A claim of another type is none. */
function read(value: unknown, type: string): string | number | boolean | undefined {
  if (type === 'Boolean') return typeof value === 'boolean' ? value : undefined
  if (type === 'String' || type === 'Enum') return typeof value === 'string' ? value : undefined
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined
}

const not = (truth: Truth): Truth => (truth === undefined ? undefined : !truth)

function every(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false
  return truths.includes(undefined) ? undefined : true
}

const concerns = (
  { operations }: { readonly operations: readonly string[] },
  operation: Operation,
): boolean =>
  operations.includes(operation) ||
  operations.includes('*') ||
  (operation !== 'read' && operations.includes('write'))
