import type { RawDatamodel, RawField, RawModel } from './datamodel.js'
import type { Model, RelationField } from './model.js'

export type RelationFacts = Pick<
  RelationField,
  | 'relationName'
  | 'cardinality'
  | 'owning'
  | 'fields'
  | 'references'
  | 'inverse'
  | 'self'
  | 'onDelete'
  | 'onUpdate'
>

/** Looks up what a relation field says; null where its other side is `@ignore`. */
export function relationsOf(
  datamodel: RawDatamodel,
): (model: RawModel, field: RawField) => RelationFacts | null {
  const ends = new Map<string, { model: string; field: RawField }[]>()
  for (const model of datamodel.models) {
    for (const field of model.fields) {
      if (field.kind !== 'object') continue
      const end = { model: model.name, field }
      const key = keyOf(model.name, field)
      const others = ends.get(key)
      if (others === undefined) ends.set(key, [end])
      else others.push(end)
    }
  }
  return (model, field) => {
    const other = ends
      .get(keyOf(model.name, field))!
      .find((end) => end.field !== field && end.model === field.type)
    return other === undefined ? null : factsOf(model, field, other.field)
  }
}

/** A relation name is unique between two models, not in the schema. */
const keyOf = (model: string, { type, relationName }: RawField): string =>
  model < type ? `${model} ${type} ${relationName}` : `${type} ${model} ${relationName}`

function factsOf(model: RawModel, field: RawField, inverse: RawField): RelationFacts {
  return {
    relationName: field.relationName!,
    cardinality: `${inverse.isList ? 'many' : 'one'}-to-${field.isList ? 'many' : 'one'}`,
    owning: (field.relationFromFields ?? []).length > 0,
    fields: field.relationFromFields ?? [],
    references: field.relationToFields ?? [],
    inverse: inverse.name,
    self: field.type === model.name,
    onDelete: field.relationOnDelete ?? null,
    onUpdate: field.relationOnUpdate ?? null,
  }
}

/**
 * Sets of models, each of which needs a row of another one of the set before it can have a row of its own.
 * Sorted by name; a model that needs another row of itself is a set of one.
 */
export function requiredCycles(models: readonly Model[]): string[][] {
  const needs = new Map(
    models.map((model) => [
      model.name,
      model.fields.flatMap((field) =>
        field.kind === 'relation' && field.owning && field.required && !mayNameItself(field, model)
          ? [field.type]
          : [],
      ),
    ]),
  )
  return stronglyConnected(needs)
    .filter((set) => set.length > 1 || needs.get(set[0]!)!.includes(set[0]!))
    .map((set) => set.sort())
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
}

/** True where a new row can refer to itself: whoever makes it chooses what the foreign key points to. */
const mayNameItself = ({ self, references }: RelationField, { fields }: Model): boolean =>
  self &&
  references.every((name) =>
    fields.some(
      (field) =>
        field.name === name && field.kind !== 'relation' && field.default?.kind !== 'function',
    ),
  )

/** Tarjan's algorithm with a stack of its own, as a chain of models may be long. */
function stronglyConnected(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const sets: string[][] = []
  const enter = (node: string) => {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    onStack.add(node)
    return { node, next: 0 }
  }
  const lower = (node: string, to: number) => low.set(node, Math.min(low.get(node)!, to))
  for (const root of edges.keys()) {
    const work = index.has(root) ? [] : [enter(root)]
    while (work.length > 0) {
      const frame = work.at(-1)!
      const target = edges.get(frame.node)![frame.next++]
      if (target !== undefined) {
        if (!index.has(target)) work.push(enter(target))
        else if (onStack.has(target)) lower(frame.node, index.get(target)!)
        continue
      }
      work.pop()
      const parent = work.at(-1)
      if (parent !== undefined) lower(parent.node, low.get(frame.node)!)
      if (low.get(frame.node) === index.get(frame.node))
        sets.push(popSet(stack, onStack, frame.node))
    }
  }
  return sets
}

function popSet(stack: string[], onStack: Set<string>, root: string): string[] {
  const set: string[] = []
  for (;;) {
    const node = stack.pop()!
    onStack.delete(node)
    set.push(node)
    if (node === root) return set
  }
}
