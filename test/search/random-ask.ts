import type { EnumField, Model, RelationField, ScalarField } from '../../src/schema/model.js'
import { owning } from '../policies/change.js'
import type { Row } from '../policies/scene.js'
import { uniqueOf, type Ask } from './ask.js'
import { Random } from './random.js'
import { randomValue } from './random-rows.js'
import type { ColumnSpec } from './spec.js'
import type { RandomOracle } from './world.js'

type Column = ScalarField | EnumField

/** Relations deep that a nested write goes. */
const DEEPEST = 3

/** Makes requests that the app takes for well-formed, to the rows of one world. */
export class Asking {
  private fresh = 10

  constructor(
    private readonly random: Random,
    private readonly oracle: RandomOracle,
  ) {}

  ask(): Ask {
    const { random, oracle } = this
    const model = random.pick(oracle.everyModel)
    const rows = oracle.rows(model.name)
    const op = random.weighted([
      [6, 'create'],
      [8, 'update'],
      [1, 'replace'],
      [1.5, 'delete'],
      [3, 'createMany'],
      [2, 'updateMany'],
      [1, 'deleteMany'],
      [1, 'list'],
      [0.5, 'get'],
    ] as const)
    const target = {
      model: model.name,
      key: rows.length > 0 ? this.keyOf(model, random.pick(rows)) : {},
    }
    const many = random.some(rows, 0.6)
    if (rows.length === 0 || (many.length === 0 && /Many/.test(op)))
      return { op: 'create', model: model.name, data: this.newRow(model, 1) }
    switch (op) {
      case 'create':
        return { op, model: model.name, data: this.newRow(model, 1) }
      case 'createMany': {
        const data = Array.from({ length: 1 + random.below(3) }, () =>
          this.newRow(model, DEEPEST + 2),
        )
        return { op, model: model.name, data }
      }
      case 'update':
        return { op, ...target, data: this.change(model, true) }
      case 'replace':
        return { op, ...target, data: this.replacement(model) }
      case 'updateMany': {
        const data = this.change(model, false)
        if (Object.keys(data).length === 0) return { op: 'list', model: model.name }
        return { op, model: model.name, rows: many.map((row) => this.keyOf(model, row)), data }
      }
      case 'deleteMany':
        return { op, model: model.name, rows: many.map((row) => this.keyOf(model, row)) }
      case 'delete':
      case 'get':
        return { op, ...target }
      case 'list':
        return { op, model: model.name }
    }
  }

  private keyOf(model: Model, row: Row): Row {
    return Object.fromEntries(model.key!.fields.map((name) => [name, row[name]]))
  }

  /** @param back the relation by which it hangs on another row */
  private newRow(model: Model, depth: number, back?: string): Row {
    const { random } = this
    const data: Record<string, unknown> = {}
    const keys = new Set(owning(this.oracle, model.name).flatMap(({ fields }) => fields))
    for (const column of columnsOf(model)) {
      if (keys.has(column.name)) continue
      const free = column.default !== null || !column.required
      if (column.annotations.hidden) {
        if (random.chance(0.1)) data[column.name] = 1
      } else if (model.key!.fields.includes(column.name) && column.name !== 'tenant')
        data[column.name] = this.fresh++
      else if (!free || random.chance(0.6)) data[column.name] = this.value(column)
    }
    this.writeKeys(model, data, depth, back, 'create')
    if (depth <= DEEPEST)
      for (const field of lists(model))
        if (field.name !== back && random.chance(depth === 1 ? 0.3 : 0.15))
          data[field.name] = this.listWrite(field, depth, 'create')
    return data
  }

  private change(model: Model, nested: boolean): Row {
    const { random } = this
    const data: Record<string, unknown> = {}
    const keys = new Set(owning(this.oracle, model.name).flatMap(({ fields }) => fields))
    for (const column of columnsOf(model)) {
      if (keys.has(column.name) || model.key!.fields.includes(column.name)) continue
      if (!random.chance(column.annotations.hidden ? 0.1 : 0.3)) continue
      data[column.name] = column.annotations.hidden ? 1 : this.value(column)
    }
    this.writeKeys(model, data, nested ? 1 : DEEPEST + 2, undefined, 'update')
    if (!nested) return data
    const wanted = Object.keys(data).length === 0 ? 0.5 : 0.25
    for (const field of random.shuffled(lists(model)))
      if (random.chance(wanted)) data[field.name] = this.listWrite(field, 1, 'update')
    return data
  }

  /** All that must be given, of columns alone. */
  private replacement(model: Model): Row {
    const data: Record<string, unknown> = {}
    for (const column of columnsOf(model)) {
      if (model.key!.fields.includes(column.name) || column.annotations.hidden) continue
      const isKey = column.foreignKeyOf.length > 0
      if (!isKey && (column.required || this.random.chance(0.6)))
        data[column.name] = this.value(column)
    }
    for (const field of owning(this.oracle, model.name))
      if (!field.fields.some((name) => model.key!.fields.includes(name)))
        Object.assign(data, this.keyColumns(model, field, 'replace'))
    return data
  }

  private value(column: Column): unknown {
    const type = (column.kind === 'enum' ? 'Kind' : column.type) as ColumnSpec['type']
    return randomValue(this.random, { name: column.name, type, nullable: !column.required })
  }

  /** Writes the relations that a row holds the foreign keys of: all as columns, or all as nested writes. */
  private writeKeys(
    model: Model,
    data: Record<string, unknown>,
    depth: number,
    back: string | undefined,
    mode: 'create' | 'update',
  ): void {
    const { random } = this
    const nested = depth <= DEEPEST + 1 && random.chance(0.4)
    for (const field of owning(this.oracle, model.name)) {
      if (field.name === back) continue
      const inKey = field.fields.some((name) => model.key!.fields.includes(name))
      if (mode === 'update' && (inKey || random.chance(0.6))) continue
      const columns = columnsOf(model).filter(({ name }) => field.fields.includes(name))
      const free = columns.every((column) => column.default !== null) || !field.required
      if (mode === 'create' && free && random.chance(0.4)) continue
      if (nested) data[field.name] = this.oneWrite(field, depth, mode)
      else Object.assign(data, this.keyColumns(model, field, mode))
    }
  }

  /** A foreign key as columns, whole or without what need not be given. */
  private keyColumns(
    model: Model,
    field: RelationField,
    mode: 'create' | 'update' | 'replace',
  ): Row {
    const { fields, references, type, required } = field
    const { random, oracle } = this
    if (!required && random.chance(0.15))
      return Object.fromEntries(fields.map((name) => [name, null]))
    const target: Row =
      oracle.rows(type).length > 0 && !random.chance(0.04)
        ? random.pick(oracle.rows(type))
        : Object.fromEntries(references.map((name) => [name, 8]))
    const given = Object.fromEntries(
      fields.map((name, index) => [name, target[references[index]!]]),
    )
    if (mode === 'replace' || fields.length === 1 || random.chance(0.5)) return given
    const needed = columnsOf(model).filter((it) => fields.includes(it.name) && it.default === null)
    const part = mode === 'create' ? needed.map(({ name }) => name) : [random.pick(fields)]
    return Object.fromEntries(Object.entries(given).filter(([name]) => part.includes(name)))
  }

  private oneWrite(field: RelationField, depth: number, mode: 'create' | 'update'): Row {
    const { random, oracle } = this
    const rows = oracle.rows(field.type)
    const target = oracle.model(field.type)
    if (mode === 'update' && !field.required && random.chance(0.2)) return { disconnect: true }
    if (rows.length === 0 || (depth <= DEEPEST && random.chance(0.3)))
      return { create: this.newRow(target, depth + 1, field.inverse) }
    return { connect: uniqueOf(target, random.pick(rows)) }
  }

  /** A nested write to rows that hold the foreign key, or to both ends of a many-to-many relation. */
  private listWrite(field: RelationField, depth: number, mode: 'create' | 'update'): Row {
    const { random, oracle } = this
    const target = oracle.model(field.type)
    const rows = oracle.rows(field.type)
    const uniques = (chance: number): Row[] =>
      random.some(rows, chance).map((row) => uniqueOf(target, row))
    const fixed = this.isFixed(field)
    const create = (): Row => ({
      create: Array.from({ length: 1 + random.below(field.list ? 2 : 1) }, () =>
        this.newRow(target, depth + 1, field.inverse),
      ),
    })
    if (!field.list) {
      const optional = mode === 'update' && !fixed && this.isOptional(field)
      const action = random.pick(['create', 'connect', ...(optional ? ['disconnect'] : [])])
      if (action === 'disconnect') return { disconnect: true }
      const [one] = create()['create'] as Row[]
      if (action === 'create' || fixed || rows.length === 0) return { create: one }
      return { connect: uniqueOf(target, random.pick(rows)) }
    }
    const actions: Row = {
      ...(random.chance(0.5) || fixed ? create() : {}),
      ...(random.chance(0.5) && !fixed ? { connect: uniques(0.4) } : {}),
      ...(mode === 'update' && !fixed && random.chance(0.25) ? { disconnect: uniques(0.5) } : {}),
      ...(mode === 'update' && !fixed && random.chance(0.2) ? { set: uniques(0.4) } : {}),
    }
    return Object.keys(actions).length > 0 ? actions : create()
  }

  /** True where the foreign key at the other end is part of a key: rows are connected as they are made. */
  private isFixed(field: RelationField): boolean {
    const { fields } = this.oracle.inverse(field)
    return fields.some((name) => this.oracle.model(field.type).key!.fields.includes(name))
  }

  private isOptional(field: RelationField): boolean {
    return !this.oracle.inverse(field).required
  }
}

const columnsOf = ({ fields }: Model): readonly Column[] =>
  fields.filter((field): field is Column => field.kind !== 'relation')

/** Relations whose foreign key is not in the model's own rows. */
const lists = ({ fields }: Model): readonly RelationField[] =>
  fields.filter((field): field is RelationField => field.kind === 'relation' && !field.owning)
