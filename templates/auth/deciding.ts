import type { AppView } from '../../src/kit/index.js'
import type { Column } from './user.js'

type Schema = AppView['schema']
type Expression = Schema['models'][number]['annotations']['policies'][number]['expression']
type Operand = Extract<Expression, { kind: 'truth' }>['operand']

/** Words in names of columns that say what somebody may do, or has. */
const WORDS = new Set(
  `role roles admin administrator superuser superadmin staff moderator permission permissions privilege
  privileges scope scopes verified approved confirmed trusted plan tier balance credit credits quota
  tenant`.split(/\s+/),
)

const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)

/**
 * Tells columns of the user that decide over what he may do: by their names and those of their types, and by the
 * policies that ask for them.
 */
export function deciding(schema: Schema, user: string): (field: Column) => boolean {
  const asked = new Set<string>()
  for (const { name, annotations } of schema.models)
    for (const { expression, fields } of annotations.policies) {
      if (name === user) for (const field of fields) asked.add(field)
      for (const found of namesIn(schema, user, name, expression)) asked.add(found)
    }
  return ({ name, type }) =>
    asked.has(name) ||
    wordsOf(name).some((word) => WORDS.has(word)) ||
    wordsOf(type).includes('role')
}

/** Columns of the user that a rule of a model asks for. */
function namesIn(schema: Schema, user: string, model: string, rule: Expression): string[] {
  const operand = (it: Operand): string[] => {
    if (it.kind === 'claim') return it.path.slice(0, 1)
    if (it.kind === 'list') return it.values.flatMap(operand)
    if (it.kind === 'literal') return []
    return endOf(schema, model, it.path.slice(0, -1)) === user ? it.path.slice(-1) : []
  }
  switch (rule.kind) {
    case 'and':
    case 'or':
      return rule.operands.flatMap((it) => namesIn(schema, user, model, it))
    case 'not':
      return namesIn(schema, user, model, rule.operand)
    case 'role':
      return ['role', 'roles']
    case 'compare':
    case 'in':
      return [...operand(rule.left), ...operand(rule.right)]
    case 'truth':
      return operand(rule.operand)
    case 'some':
    case 'every':
    case 'none':
      return namesIn(schema, user, rule.model, rule.where)
    case 'constant':
    case 'authenticated':
    case 'owner':
      return []
  }
}

/** The model at the end of a path of relations. */
function endOf({ models }: Schema, model: string, path: readonly string[]): string | undefined {
  return path.reduce<string | undefined>(
    (at, name) =>
      models.find((it) => it.name === at)?.fields.find((field) => field.name === name)?.type,
    model,
  )
}
