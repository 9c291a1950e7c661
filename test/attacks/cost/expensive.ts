import type { Field, Model, RelationField, Schema } from '../../../src/schema/model.js'

/** A request that asks much. */
export type Expensive = {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: object
}

/** Numbers from 0 to 1, always the same after one seed. */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Makes requests that are as hard on a database as the API of a schema has them. */
export class Expensives {
  constructor(
    private readonly schema: Schema,
    private readonly next: () => number,
  ) {}

  one(): Expensive {
    const model = this.among(this.schema.models)
    const path = `/api/${model.name.toLowerCase()}s`
    const where = { OR: this.several(1 + this.below(20), () => this.condition(model, 0)) }
    switch (this.below(8)) {
      case 0:
        return { method: 'GET', path: `${path}?${this.listing(model)}` }
      case 1:
        return {
          method: 'PATCH',
          path: `${path}/bulk`,
          body: { where, data: { [text(model)]: 'New' } },
        }
      case 2:
        return {
          method: 'POST',
          path: `${path}/search`,
          body: { where, orderBy: this.order(model) },
        }
      default:
        return { method: 'POST', path: `${path}/search`, body: { where } }
    }
  }

  /** Mostly across relations, as far as one may go. */
  private condition(model: Model, depth: number): object {
    const relations = model.fields.filter(isRelation)
    const inward = depth < 3 && this.next() < 0.8
    if (!inward) return this.column(model)
    const field = this.among(relations)
    const target = this.model(field.type)
    const parts = this.several(1 + this.below(2), () => this.condition(target, depth + 1))
    const inner = parts.length === 1 ? parts[0]! : { [this.among(['AND', 'OR'])]: parts }
    const asked = field.list ? { [this.among(['some', 'none', 'every'])]: inner } : inner
    return this.next() < 0.2 ? { NOT: { [field.name]: asked } } : { [field.name]: asked }
  }

  private column(model: Model): object {
    if (this.next() < 0.2) return { id: { in: this.several(100, () => this.below(30_000)) } }
    const part = this.among(['zzz', 'a', '%'.repeat(50), 'a'.repeat(1 + this.below(4000)) + 'b'])
    return { [text(model)]: { [this.among(['contains', 'endsWith', 'startsWith'])]: part } }
  }

  private listing(model: Model): string {
    const relations = model.fields.filter(isRelation)
    const include = this.several(1 + this.below(3), () => {
      const field = this.among(relations)
      const further = this.model(field.type).fields.filter(isRelation)
      return this.next() < 0.5 ? field.name : `${field.name}.${this.among(further).name}`
    })
    const take = this.among([1, 20, 100])
    const skip = this.among([0, 19_000, 100_000_000])
    return `take=${take}&skip=${skip}&include=${[...new Set(include)].join(',')}`
  }

  private order(model: Model): string {
    const paths = this.several(1 + this.below(10), () => this.sortPath(model, 0))
    return [...new Set(paths)].join(',')
  }

  private sortPath(model: Model, depth: number): string {
    const toOne = model.fields.filter(isRelation).filter((field) => !field.list)
    if (depth < 3 && toOne.length > 0 && this.next() < 0.8) {
      const field = this.among(toOne)
      return `${field.name}.${this.sortPath(this.model(field.type), depth + 1)}`
    }
    return this.among(model.fields.filter((field) => field.kind === 'scalar')).name
  }

  private model(name: string): Model {
    return this.schema.models.find((model) => model.name === name)!
  }

  private among<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  private below(limit: number): number {
    return Math.floor(this.next() * limit)
  }

  private several<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make)
  }
}

const isRelation = (field: Field): field is RelationField => field.kind === 'relation'

const text = (model: Model): string =>
  model.fields.find((field) => field.kind === 'scalar' && field.type === 'String')!.name
