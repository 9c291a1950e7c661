import { nearest } from '../nearest.js'
import { SyntaxProblem } from './lexer.js'
import type { Enum, Field, Model, RelationField } from './model.js'
import type { PolicyOperand, Syntax } from './policy-ast.js'

/** The models and enums that names in annotations are looked up in. */
export type Catalog = {
  readonly models: ReadonlyMap<string, Model>
  readonly enums: ReadonlyMap<string, Enum>
}

export type PathSyntax = Extract<Syntax, { kind: 'path' }>

export type Resolved =
  | { readonly kind: 'operand'; readonly operand: Extract<PolicyOperand, { kind: 'field' }> }
  | { readonly kind: 'relation'; readonly path: readonly string[]; readonly field: RelationField }

/**
 * Finds the field that a path names, by to-one relations from a model.
 * @throws SyntaxProblem when a name is unknown, or the path goes on behind a scalar or a to-many relation
 */
export function resolvePath(path: PathSyntax, model: Model, catalog: Catalog): Resolved {
  let current = model
  let nullable = false
  for (const [i, name] of path.names.entries()) {
    const start = i === 0 ? path.start : path.ends[i]! - name.length
    const end = path.ends[i]!
    const field = current.fields.find((it) => it.name === name)
    if (field === undefined) throw unknownField(name, current, start, end)
    const last = i === path.names.length - 1
    if (field.kind !== 'relation') {
      if (last) return { kind: 'operand', operand: toOperand(path.names, field, nullable) }
      throw new SyntaxProblem(
        `${current.name}.${name} is of type ${field.type}, so nothing can follow it.`,
        start,
        path.end,
      )
    }
    if (last) return { kind: 'relation', path: path.names, field }
    if (field.list) {
      const rest = path.names.slice(i + 1).join('.')
      const before = path.names.slice(0, i + 1).join('.')
      throw new SyntaxProblem(
        `${current.name}.${name} is a list; write some(${before}, … ${rest} …), every or none.`,
        start,
        end,
      )
    }
    nullable ||= !field.required
    current = catalog.models.get(field.type)!
  }
  throw new SyntaxProblem('A path is empty.', path.start, path.end)
}

function toOperand(
  path: readonly string[],
  field: Exclude<Field, RelationField>,
  nullable: boolean,
): Extract<PolicyOperand, { kind: 'field' }> {
  return {
    kind: 'field',
    path,
    type: field.type,
    enum: field.kind === 'enum',
    list: field.list,
    nullable: nullable || !field.required,
  }
}

export function unknownField(
  name: string,
  model: Model,
  start: number,
  end: number,
): SyntaxProblem {
  const unseen = model.unseen.find((it) => it.name === name)
  if (unseen !== undefined)
    return new SyntaxProblem(
      `${model.name}.${name} is ${unseen.reason === 'ignored' ? '@ignore' : 'Unsupported'}, so Prisma's client does not see it.`,
      start,
      end,
    )
  const [close] = nearest(
    name,
    model.fields.map((field) => field.name),
    1,
  )
  return new SyntaxProblem(
    `${model.name} has no field ${name}.${close === undefined ? '' : ` Did you mean ${close}?`}`,
    start,
    end,
    close,
  )
}
