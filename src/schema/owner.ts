import type { Argument } from './arguments.js'
import { SyntaxProblem } from './lexer.js'
import type { Model, RelationField } from './model.js'
import { resolvePath, type Catalog } from './policy-paths.js'

type Place = { readonly start: number; readonly end: number }

/**
 * The path of the field that `owner: "authorId"` names; a to-one relation stands for its foreign key.
 * @throws SyntaxProblem with its place in the annotation
 */
export function namedOwner(argument: Argument, model: Model, catalog: Catalog): readonly string[] {
  const { start, end } = argument
  if (typeof argument.value !== 'string')
    throw new SyntaxProblem('owner is the name of a field, in quotes.', start, end)
  const names = argument.value.split('.')
  const ends = names.map((_, i) => names.slice(0, i + 1).join('.').length)
  try {
    const path = { kind: 'path', names, ends, start: 0, end: ends.at(-1)! } as const
    const found = resolvePath(path, model, catalog)
    if (found.kind === 'operand') return names
    return [...names.slice(0, -1), foreignKey(found.field, { start, end })]
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error
    const right = error.replacement && [...names.slice(0, -1), error.replacement].join('.')
    throw new SyntaxProblem(error.message, start, end, right && `"${right}"`)
  }
}

/**
 * The owner where none is named: the row itself for the user model, else the one foreign key to it.
 * @throws SyntaxProblem at the place that asks for an owner
 */
export function defaultOwner(model: Model, catalog: Catalog, place: Place): readonly string[] {
  const user = ['User', 'user', 'Users', 'users'].find((name) => catalog.models.has(name))
  if (user === model.name && model.key?.fields.length === 1) return model.key.fields
  const relations = model.fields.filter(
    (field): field is RelationField =>
      field.kind === 'relation' && field.owning && field.type === user,
  )
  const [relation] = relations
  if (relations.length === 1) return [foreignKey(relation!, place)]
  const keys = relations.flatMap(({ fields }) => fields)
  throw new OwnerProblem(
    keys[0] ?? 'ownerId',
    relations.length === 0
      ? `isOwner: ${model.name} has no foreign key to a model User; name the field that holds the owner's id: owner: "ownerId".`
      : `isOwner: ${model.name} has several foreign keys to ${user}; say which: ${keys.map((key) => `owner: "${key}"`).join(' or ')}.`,
    place.start,
    place.end,
  )
}

/** No owner is named and none can be told; `owner` is what could be named. */
export class OwnerProblem extends SyntaxProblem {
  constructor(
    readonly owner: string,
    ...rest: ConstructorParameters<typeof SyntaxProblem>
  ) {
    super(...rest)
  }
}

function foreignKey({ name, fields }: RelationField, { start, end }: Place): string {
  if (fields.length === 1) return fields[0]!
  throw new SyntaxProblem(
    `${name} has ${fields.length === 0 ? 'no foreign key' : 'a foreign key of several fields'} here; name one field that holds the owner's id.`,
    start,
    end,
  )
}
