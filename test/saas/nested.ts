import type { RelationField } from '../../src/schema/model.js'
import type { Change } from '../policies/change.js'
import { bodyOf } from '../policies/columns.js'
import type { Oracle } from '../policies/oracle.js'
import type { Row } from '../policies/scene.js'

type ByModel<T> = Readonly<Record<string, T>>

/** Each relation of each row: connecting every row of the other model, and creating one along. */
export function nested(
  oracle: Oracle,
  model: string,
  creates: ByModel<readonly Row[]>,
  unsaid: ByModel<readonly string[]>,
): readonly Change[] {
  const relations = oracle
    .model(model)
    .fields.filter((field): field is RelationField => field.kind === 'relation')
  return oracle.rows(model).flatMap((row) =>
    relations.flatMap((relation) => {
      const others = oracle.rows(relation.type)
      // What is in a key does not change.
      if (relation.owning)
        return isInKey(oracle, model, relation)
          ? []
          : others.map((other) => pointing(oracle, { model, row, relation, other }))
      const inverse = inverseOf(oracle, relation)
      const made = creates[relation.type]!.slice(0, 3)
      return [
        ...(isInKey(oracle, relation.type, inverse)
          ? []
          : others.map((other) => taking(oracle, { model, row, relation, other }))),
        ...made.map((other) =>
          making(oracle, { model, row, relation, other }, unsaid[relation.type]),
        ),
      ]
    }),
  )
}

type Pair = {
  readonly model: string
  readonly row: Row
  readonly relation: RelationField
  readonly other: Row
}

const inverseOf = (oracle: Oracle, { type, inverse }: RelationField): RelationField =>
  oracle.model(type).fields.find(({ name }) => name === inverse) as RelationField

const isInKey = (oracle: Oracle, model: string, { fields }: RelationField): boolean =>
  fields.some((name) => oracle.model(model).primaryKey.includes(name))

/** The foreign key that leads from a row to another. */
const keyTo = ({ fields, references }: RelationField, target: Row): Row =>
  Object.fromEntries(fields.map((name, i) => [name, target[references[i]!]]))

/** What names a row in a `connect`. */
function uniqueOf(oracle: Oracle, model: string, row: Row): Row {
  const { name, fields } = oracle.model(model).key!
  const values = Object.fromEntries(fields.map((field) => [field, row[field]]))
  return fields.length === 1 ? values : { [name]: values }
}

/** The same as writing the foreign key. */
function pointing(oracle: Oracle, { model, row, relation, other }: Pair): Change {
  const { name, type, fields } = relation
  return {
    ...{ method: 'PATCH', path: oracle.pathOf(model, row) },
    body: { [name]: { connect: uniqueOf(oracle, type, other) } },
    reached: [[type, other]],
    steps: [
      {
        model,
        before: row,
        after: { ...row, ...keyTo(relation, other) },
        fields: [name, ...fields],
      },
    ],
  }
}

/** Both rows change: the one that asks, and the one with the foreign key. */
function taking(oracle: Oracle, { model, row, relation, other }: Pair): Change {
  const { name, type } = relation
  const inverse = inverseOf(oracle, relation)
  return {
    ...{ method: 'PATCH', path: oracle.pathOf(model, row) },
    body: { [name]: { connect: [uniqueOf(oracle, type, other)] } },
    reached: [[type, other]],
    steps: [
      { model, before: row, after: row, fields: [name] },
      {
        ...{ model: type, before: other, after: { ...other, ...keyTo(inverse, row) } },
        fields: [inverse.name, ...inverse.fields],
      },
    ],
  }
}

function making(
  oracle: Oracle,
  { model, row, relation, other }: Pair,
  unsaid: readonly string[] = [],
): Change {
  const { name, type } = relation
  const inverse = inverseOf(oracle, relation)
  const given = bodyOf(oracle, type, other, [...unsaid, ...inverse.fields])
  const after = { ...other, ...keyTo(inverse, row) }
  const further = oracle
    .model(type)
    .fields.filter(
      (it): it is RelationField => it.kind === 'relation' && it.owning && it !== inverse,
    )
  return {
    ...{ method: 'PATCH', path: oracle.pathOf(model, row), body: { [name]: { create: [given] } } },
    reached: further.flatMap((it): [string, Row | undefined][] =>
      it.fields.some((key) => (after[key] ?? null) === null)
        ? []
        : [[it.type, oracle.related(type, after, it.name)[0]]],
    ),
    steps: [
      { model, before: row, after: row, fields: [name] },
      {
        ...{ model: type, before: null, after },
        fields: [...Object.keys(given), inverse.name, ...inverse.fields],
      },
    ],
  }
}
