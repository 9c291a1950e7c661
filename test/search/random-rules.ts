import type { Random } from './random.js'
import type { ColumnSpec, ModelSpec, PolicySpec, Rule, Spec } from './spec.js'

/** Columns of a model, foreign keys among them. */
const columnsOf = (spec: Spec, model: string): readonly ColumnSpec[] => [
  ...spec.models.find(({ name }) => name === model)!.columns,
  ...spec.relations.flatMap((it) => (it.from === model ? it.keys : [])),
]

type End = {
  readonly field: string
  readonly model: string
  readonly list: boolean
  readonly nullable: boolean
}

/** Relations of a model, from either end. */
const endsOf = (spec: Spec, model: string): readonly End[] =>
  spec.relations.flatMap(({ kind, from, to, field, inverse, keys }): End[] => {
    const nullable = keys.some((key) => key.nullable)
    return [
      ...(from === model ? [{ field, model: to, list: kind === 'many-to-many', nullable }] : []),
      ...(to === model
        ? [{ field: inverse, model: from, list: kind !== 'one-to-one', nullable: true }]
        : []),
    ]
  })

const atom = (text: string): Rule => ({ kind: 'atom', text })

/** Rules of a model, each of an operation or of some fields. */
export function randomPolicies(random: Random, spec: Spec, model: ModelSpec): PolicySpec[] {
  if (random.chance(0.06)) return []
  const owners = ownersOf(spec, model)
  const policy = (operations: readonly string[], easy: number): PolicySpec => {
    const owner = random.chance(0.25) && owners.length > 0 ? random.pick(owners) : null
    const rule = random.chance(easy)
      ? atom(random.pick(['true', 'isAuthenticated']))
      : randomRule(random, spec, model.name, 2)
    if (owner === null) return { operations, rule }
    const kind = random.pick(['and', 'or', 'or'] as const)
    return { operations, owner, rule: { kind, parts: [atom('isOwner'), rule] } }
  }
  const writing = random.chance(0.2)
    ? [policy(['write'], 0.1)]
    : ['create', 'update', 'delete'].flatMap((it) =>
        random.chance(0.92) ? [policy([it], 0.35)] : [],
      )
  const more = random.chance(0.15) ? [policy([random.pick(['create', 'update'])], 0)] : []
  return [policy(['read'], 0.6), ...writing, ...more, ...fieldPolicies(random, spec, model)]
}

/** Columns that may hold the id of a user. */
const ownersOf = (spec: Spec, { name, key }: ModelSpec): readonly string[] => [
  ...(name === 'User' ? key : []),
  ...spec.relations.flatMap((it) =>
    it.from === name && it.to === 'User' ? it.keys.map((column) => column.name) : [],
  ),
]

function fieldPolicies(random: Random, spec: Spec, model: ModelSpec): PolicySpec[] {
  if (random.chance(0.65)) return []
  const own = model.columns.filter(({ name, hidden }) => !hidden && !model.key.includes(name))
  const keys = spec.relations.flatMap((it) => (it.from === model.name ? it.keys : []))
  const free = keys.filter(({ name }) => !model.key.includes(name))
  const operation = random.pick(['read', 'create', 'update', 'write'])
  const columns = operation === 'read' ? own : [...own, ...free]
  if (columns.length === 0) return []
  const fields = random.shuffled(columns.map(({ name }) => name)).slice(0, 1 + random.below(2))
  return [{ operations: [operation], rule: randomRule(random, spec, model.name, 1), fields }]
}

/** A condition on rows of a model. */
function randomRule(random: Random, spec: Spec, model: string, depth: number): Rule {
  const kind = random.weighted([
    [depth === 0 ? 8 : 3, 'column'],
    [1, 'user'],
    [depth === 0 ? 0 : 3, 'rows'],
    [depth === 0 ? 0 : 2, 'or'],
    [depth === 0 ? 0 : 1.2, 'and'],
    [depth === 0 ? 0 : 0.6, 'not'],
  ] as const)
  const inner = (): Rule => randomRule(random, spec, model, depth - 1)
  switch (kind) {
    case 'and':
    case 'or':
      return { kind, parts: [inner(), inner()] }
    case 'not':
      return { kind, part: inner() }
    case 'user':
      return atom(random.pick(USER_CONDITIONS))
    case 'rows':
      return rowsRule(random, spec, model, depth) ?? columnRule(random, spec, model)
    case 'column':
      return columnRule(random, spec, model)
  }
}

const USER_CONDITIONS = [
  'isAuthenticated',
  "hasRole('admin')",
  'user.level >= 2',
  'user.level == null',
  'user.flag',
  "!hasRole('admin')",
]

type Place = { readonly path: string; readonly model: string; readonly nullable: boolean }

/** Goes some to-one relations along. */
function follow(random: Random, spec: Spec, model: string): Place {
  let at: Place = { path: '', model, nullable: false }
  while (at.path.split('.').length < 3 && random.chance(0.35)) {
    const single = endsOf(spec, at.model).filter(({ list }) => !list)
    if (single.length === 0) break
    const end = random.pick(single)
    const nullable = at.nullable || end.nullable
    at = { path: `${at.path}${end.field}.`, model: end.model, nullable }
  }
  return at
}

function rowsRule(random: Random, spec: Spec, model: string, depth: number): Rule | null {
  const at = follow(random, spec, model)
  const lists = endsOf(spec, at.model).filter(({ list }) => list)
  if (lists.length === 0) return null
  const { field, model: related } = random.pick(lists)
  const where = randomRule(random, spec, related, depth - 1)
  return { kind: random.pick(['some', 'some', 'every', 'none']), path: at.path + field, where }
}

function columnRule(random: Random, spec: Spec, model: string): Rule {
  const at = follow(random, spec, model)
  const all = columnsOf(spec, at.model)
  const keys = spec.relations.flatMap((it) =>
    it.from === at.model && it.to === 'User' ? it.keys : [],
  )
  if (at.model === 'User' && random.chance(0.4)) return atom(`${at.path}id == user.id`)
  const column = keys.length > 0 && random.chance(0.5) ? random.pick(keys) : random.pick(all)
  if (keys.includes(column) && random.chance(0.75))
    return atom(`${at.path}${column.name} == user.id`)
  const mayBeNull = column.nullable === true || at.nullable
  return atom(comparison(random, `${at.path}`, column, all, mayBeNull))
}

function comparison(
  random: Random,
  path: string,
  { name, type }: ColumnSpec,
  all: readonly ColumnSpec[],
  mayBeNull: boolean,
): string {
  const side = path + name
  const others = all.filter((it) => it.type === type && it.name !== name)
  const equal = random.pick(['==', '==', '!='])
  if (mayBeNull && random.chance(0.2)) return `${side} ${equal} null`
  if (others.length > 0 && random.chance(0.2))
    return `${side} ${type === 'Int' ? order(random) : equal} ${path}${random.pick(others).name}`
  switch (type) {
    case 'Boolean':
      return random.pick([
        side,
        side,
        `!${side}`,
        `${side} ${equal} ${random.chance(0.5)}`,
        `${side} ${equal} user.flag`,
      ])
    case 'Kind':
      return random.pick([
        `${side} ${equal} red`,
        `${side} in [red, green]`,
        `${side} ${equal} user.kind`,
      ])
    case 'String':
      return random.pick([
        `${side} ${random.chance(0.5) ? equal : order(random)} '${random.pick(['a', 'b'])}'`,
        `${side} in user.tags`,
        `${side} in ['a', 'c']`,
        `${side} ${equal} user.name`,
      ])
    case 'Int':
      return random.pick([
        `${side} ${order(random)} ${random.below(4)}`,
        `${side} in [${random.below(3)}, 2]`,
        `${side} ${order(random)} user.level`,
        `${side} ${equal} user.id`,
        `${side} in user.tags`,
      ])
  }
}

const order = (random: Random): string => random.pick(['==', '!=', '<', '<=', '>', '>='])
