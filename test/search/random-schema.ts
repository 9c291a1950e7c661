import { Random } from './random.js'
import { randomPolicies } from './random-rules.js'
import { KINDS, type ColumnSpec, type ModelSpec, type RelationSpec, type Spec } from './spec.js'

const NAMES = ['Org', 'Post', 'Tag', 'Vote', 'Task', 'Note'] as const

/** A schema with a model of users, relations of every kind and rules, all by chance. */
export function randomSpec(random: Random): Spec {
  const names = random.shuffled(NAMES).slice(0, 2 + random.below(3))
  const models = random.shuffled(['User', ...names]).map((name) => randomModel(random, name))
  const bare = { models, relations: randomRelations(random, models) }
  const joined = random.chance(0.4) ? withJunction(random, bare) : bare
  return {
    ...joined,
    models: joined.models.map((model) => ({
      ...model,
      policies: model.open ? [] : randomPolicies(random, joined, model),
    })),
  }
}

function randomModel(random: Random, name: string): ModelSpec {
  const composite = name !== 'User' && random.chance(0.2)
  const key: ColumnSpec[] = composite
    ? [
        { name: 'tenant', type: 'Int', ...(random.chance(0.5) ? { default: 1 } : {}) },
        { name: 'code', type: 'Int' },
      ]
    : [{ name: 'id', type: 'Int' }]
  const columns = random.some(['title', 'level', 'rank', 'open', 'done', 'kind'], 0.45)
  return {
    name,
    columns: [
      ...key,
      ...columns.map((column) => randomColumn(random, column)),
      ...(random.chance(0.15)
        ? [{ name: 'secret', type: 'Int', nullable: true, hidden: true } as const]
        : []),
    ],
    key: key.map((column) => column.name),
    open: name !== 'User' && random.chance(0.05),
    policies: [],
    order: random.below(2 ** 31) * 2 + 1,
  }
}

function randomColumn(random: Random, name: string): ColumnSpec {
  const type =
    ({ title: 'String', level: 'Int', rank: 'Int', kind: 'Kind' } as const)[name] ?? 'Boolean'
  const nullable = random.chance(0.35) ? { nullable: true } : {}
  const preset = { Int: 1, String: 'a', Boolean: random.chance(0.5), Kind: KINDS[0] }[type]
  return { name, type, ...nullable, ...(random.chance(0.4) ? { default: preset } : {}) }
}

function randomRelations(random: Random, models: readonly ModelSpec[]): RelationSpec[] {
  const count = models.length + random.below(3)
  const relations = Array.from({ length: count }, (_, index): RelationSpec | null => {
    const from = random.pick(models)
    // Most rows belong to somebody.
    const to = random.chance(0.35)
      ? models.find(({ name }) => name === 'User')!
      : random.pick(models)
    return randomRelation(random, models, from, to, index)
  })
  return relations.filter((relation) => relation !== null)
}

function randomRelation(
  random: Random,
  models: readonly ModelSpec[],
  from: ModelSpec,
  to: ModelSpec,
  index: number,
): RelationSpec | null {
  const ends = { from: from.name, to: to.name, name: `r${index}` }
  const field = `${to.name.toLowerCase()}${index}`
  const inverse = `${from.name.toLowerCase()}s${index}`
  const kind = random.weighted([
    [6, 'one-to-many'],
    [2, 'one-to-one'],
    [2, 'many-to-many'],
  ] as const)
  if (kind === 'many-to-many')
    return from.key.length + to.key.length > 2
      ? null
      : { ...ends, kind, field: `${field}s`, inverse, keys: [] }
  // The rows of a circle of required foreign keys could never be made.
  const later = models.indexOf(from) > models.indexOf(to)
  const nullable = !later || random.chance(0.4)
  const keys = to.key.map((name): ColumnSpec => {
    const preset = random.chance(to.key.length > 1 ? 0.4 : 0.15) ? { default: 1 } : {}
    const column = field + name.charAt(0).toUpperCase() + name.slice(1)
    return { name: column, type: 'Int', ...(nullable ? { nullable: true } : {}), ...preset }
  })
  const actions = ['Cascade', 'Restrict', ...(nullable ? (['SetNull'] as const) : [])] as const
  const action = random.chance(0.3) ? { onDelete: random.pick(actions) } : {}
  return { ...ends, kind, field, inverse, keys, ...action }
}

/** Adds a model whose key is made of two foreign keys: an explicit many-to-many relation. */
function withJunction(random: Random, { models, relations }: Spec): Spec {
  const single = models.filter(({ key }) => key.length === 1)
  const user = single.find(({ name }) => name === 'User')!
  const left = random.chance(0.7) ? user : random.pick(single)
  const right = random.pick(single)
  const ends = [
    { to: left, field: 'left', inverse: 'memberships' },
    { to: right, field: 'right', inverse: 'members' },
  ]
  const junction: ModelSpec = {
    name: 'Member',
    columns: [randomColumn(random, 'open'), randomColumn(random, 'level')],
    key: ends.map(({ field }) => `${field}Id`),
    open: false,
    policies: [],
    order: random.below(2 ** 31) * 2 + 1,
  }
  const added = ends.map(({ to, field, inverse }): RelationSpec => ({
    ...{ name: field, kind: 'one-to-many', from: 'Member', to: to.name, field, inverse },
    keys: [{ name: `${field}Id`, type: 'Int' }],
    ...(random.chance(0.3) ? { onDelete: 'Cascade' } : {}),
  }))
  const place = random.below(models.length + 1)
  return { models: models.toSpliced(place, 0, junction), relations: [...relations, ...added] }
}
