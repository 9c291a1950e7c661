import type { Person } from '../policies/oracle.js'
import type { Row } from '../policies/scene.js'
import type { Random } from './random.js'
import { KINDS, linksOf, type ColumnSpec, type ModelSpec, type Rows, type Spec } from './spec.js'

/** Few values, so that rules often hold and often don't. */
export function randomValue(random: Random, { type, nullable }: ColumnSpec): unknown {
  if (nullable && random.chance(0.25)) return null
  switch (type) {
    case 'Boolean':
      return random.chance(0.5)
    case 'Kind':
      return random.pick(KINDS)
    case 'String':
      return random.pick(['a', 'b', 'c'])
    case 'Int':
      return random.below(4)
  }
}

/** A few rows of each model that the database takes. */
export function randomRows(random: Random, spec: Spec): Rows {
  const rows: Record<string, Row[]> = {}
  for (const model of spec.models) rows[model.name] = []
  for (const model of byNeed(spec)) {
    const wanted = model.name === 'User' ? 3 : 2 + random.below(3)
    for (let id = 1; id <= wanted; id++) {
      const row = randomRow(random, spec, model, id, rows)
      if (row !== null) rows[model.name]!.push(row)
    }
  }
  for (const { name, kind, from, to } of spec.relations)
    if (kind === 'many-to-many')
      rows[linksOf(name)] = rows[from]!.flatMap((one) =>
        random.some(rows[to]!, 0.35).map((other) => ({ from: one['id'], to: other['id'] })),
      )
  return rows
}

/** Each model after those that its rows can't be without. */
function byNeed({ models, relations }: Spec): ModelSpec[] {
  const done: ModelSpec[] = []
  const visit = (model: ModelSpec): void => {
    if (done.includes(model)) return
    for (const { from, to, keys } of relations)
      if (from === model.name && keys.length > 0 && !keys.some(({ nullable }) => nullable))
        visit(models.find(({ name }) => name === to)!)
    done.push(model)
  }
  models.forEach(visit)
  return done
}

function randomRow(
  random: Random,
  { relations }: Spec,
  { name, key, columns }: ModelSpec,
  id: number,
  rows: Rows,
): Row | null {
  const row: Record<string, unknown> = {}
  for (const column of columns) {
    if (!key.includes(column.name)) row[column.name] = randomValue(random, column)
    else row[column.name] = column.name === 'tenant' ? 1 + random.below(2) : id
  }
  for (const { kind, from, to, field, keys } of relations) {
    if (from !== name || keys.length === 0) continue
    const nullable = keys.some((column) => column.nullable)
    const taken = (target: Row): boolean =>
      kind === 'one-to-one' &&
      rows[name]!.some((other) => keys.every((it) => other[it.name] === target[endOf(field, it)]))
    const free = rows[to]!.filter((target) => !taken(target))
    const target = free.length > 0 && !(nullable && random.chance(0.3)) ? random.pick(free) : null
    if (target === null && !nullable) return null
    for (const column of keys) row[column.name] = target?.[endOf(field, column)] ?? null
  }
  const same = rows[name]!.some((other) => key.every((column) => other[column] === row[column]))
  return same ? null : row
}

/** The column that a column of a foreign key points to. */
const endOf = (field: string, { name }: ColumnSpec): string => {
  const end = name.slice(field.length)
  return end.charAt(0).toLowerCase() + end.slice(1)
}

/** Who asks; null is nobody. */
export function randomPeople(random: Random): readonly (Person | null)[] {
  const claims = (): Row => ({
    ...(random.chance(0.6) ? { level: random.below(4) } : {}),
    ...(random.chance(0.3) ? { flag: random.chance(0.7) } : {}),
    ...(random.chance(0.4) ? { tags: random.some(['a', 'b', 1, 2, 3], 0.5) } : {}),
    ...(random.chance(0.3) ? { name: random.pick(['a', 'b']) } : {}),
    ...(random.chance(0.3) ? { kind: random.pick([...KINDS, 7]) } : {}),
  })
  const person = (id: number, more: Row = {}): Person => ({
    ...{ name: `user ${id}`, id: String(id), via: 'JWT' },
    claims: { ...claims(), ...more },
  })
  return [person(1), person(2), person(2, { role: 'admin' }), person(1), person(3), null]
}
