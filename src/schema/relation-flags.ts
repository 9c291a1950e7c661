import type { Field, FieldAnnotations, Model, RelationField } from './model.js'

type Flags = Pick<FieldAnnotations, 'hidden' | 'readonly' | 'writeonly'>
type OfModel = Pick<Model, 'fields' | 'primaryKey'>

/**
 * A relation and its foreign key are one thing: what is said of the relation holds for the columns that belong to it
 * alone, and what is said of any of its columns for the relation. What keeps the key from sight keeps the other end
 * from sight too. The end without the key speaks for itself alone; of a many-to-many relation, which has no key, each
 * end speaks for both.
 * @returns the models, with `@hidden`, `@readonly` and `@writeonly` on every field that they hold for
 */
export function shareFlags(models: readonly Model[]): Model[] {
  const flags = new Map<string, Flags>()
  const put = (model: string, field: string, more: Partial<Flags>): void => {
    const known = flags.get(`${model}.${field}`) ?? NONE
    flags.set(`${model}.${field}`, {
      hidden: known.hidden || more.hidden === true,
      readonly: known.readonly || more.readonly === true,
      writeonly: known.writeonly || more.writeonly === true,
    })
  }
  const of = (model: string, field: string): Flags => flags.get(`${model}.${field}`) ?? NONE
  const relations = models.flatMap((model) =>
    model.fields.flatMap((field) => (field.kind === 'relation' ? [{ model, field }] : [])),
  )
  for (const model of models)
    for (const { name, annotations } of model.fields) put(model.name, name, annotations)
  const owning = relations.filter(({ field }) => field.owning)
  for (const { model, field } of owning)
    for (const column of ownColumns(model, field)) put(model.name, column, field.annotations)
  for (const { model, field } of owning) {
    for (const column of field.fields) put(model.name, field.name, seen(of(model.name, column)))
    put(field.type, field.inverse, seen(of(model.name, field.name)))
  }
  for (const { field } of relations)
    if (field.cardinality === 'many-to-many') put(field.type, field.inverse, field.annotations)
  return models.map((model) => ({
    ...model,
    fields: model.fields.map((field) => flagged(field, of(model.name, field.name))),
  }))
}

const NONE: Flags = { hidden: false, readonly: false, writeonly: false }

/** What keeps from sight. Whether a relation can be written is told by its columns. */
const seen = ({ hidden, writeonly }: Flags): Partial<Flags> => ({ hidden, writeonly })

function flagged(field: Field, flags: Flags): Field {
  const { annotations } = field
  const same =
    annotations.hidden === flags.hidden &&
    annotations.readonly === flags.readonly &&
    annotations.writeonly === flags.writeonly
  return same ? field : { ...field, annotations: { ...annotations, ...flags } }
}

/** What a field stands for in an annotation: a relation for the columns of its key that are its own, else itself. */
export function columnsFor(model: OfModel, name: string): readonly string[] {
  const field = model.fields.find((it) => it.name === name)
  return field?.kind === 'relation' && field.owning ? ownColumns(model, field) : [name]
}

/** Columns of a foreign key that are in no other one and not in the primary key; all where none is left. */
function ownColumns({ fields, primaryKey }: OfModel, relation: RelationField): string[] {
  const shared = new Set(primaryKey)
  for (const other of fields)
    if (other.kind === 'relation' && other.name !== relation.name)
      for (const name of other.fields) shared.add(name)
  const own = relation.fields.filter((name) => !shared.has(name))
  return own.length > 0 ? own : [...relation.fields]
}
