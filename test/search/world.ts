import { Oracle, type Person } from '../policies/oracle.js'
import type { Row } from '../policies/scene.js'
import type { Model, RelationField, Schema } from '../../src/schema/model.js'
import { linksOf, type Rows } from './spec.js'

/** Which end of a many-to-many relation a field is: that from which the pairs of the relation lead, or the other. */
export type Ends = ReadonlyMap<string, 'from' | 'to'>

/** The rules of a schema over all rows, many-to-many relations among them. */
export class RandomOracle extends Oracle {
  constructor(
    private readonly of: Pick<Schema, 'models'>,
    readonly ends: Ends,
    world: Rows,
    who: Person | null,
  ) {
    super(of, world, who)
  }

  override in(world: Rows): RandomOracle {
    return new RandomOracle(this.of, this.ends, world, this.who)
  }

  override related(model: string, row: Row, name: string): readonly Row[] {
    const field = this.relation(model, name)
    if (field.cardinality !== 'many-to-many') return super.related(model, row, name)
    const end = this.ends.get(`${model}.${name}`)!
    const other = end === 'from' ? 'to' : 'from'
    const links = this.rows(linksOf(field.relationName)).filter((link) => link[end] === row['id'])
    const linked = new Set(links.map((link) => link[other]))
    return this.rows(field.type).filter(({ id }) => linked.has(id))
  }

  relation(model: string, name: string): RelationField {
    const field = this.model(model).fields.find((it) => it.name === name)
    if (field?.kind !== 'relation') throw new Error(`${model}.${name} is no relation.`)
    return field
  }

  inverse({ type, inverse }: RelationField): RelationField {
    return this.relation(type, inverse)
  }
}

/** The same for two rows that are one. */
export const keyOf = ({ key }: Model, row: Row): string =>
  JSON.stringify(key!.fields.map((name) => row[name]))

/** The ends of all many-to-many relations, by `Model.field`. */
export const endsOf = (
  relations: readonly { kind: string; from: string; to: string; field: string; inverse: string }[],
): Ends =>
  new Map(
    relations.flatMap(({ kind, from, to, field, inverse }) =>
      kind === 'many-to-many'
        ? [[`${from}.${field}`, 'from'] as const, [`${to}.${inverse}`, 'to'] as const]
        : [],
    ),
  )
