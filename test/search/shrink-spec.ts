import type { Row } from '../policies/scene.js'
import {
  linksOf,
  type ModelSpec,
  type PolicySpec,
  type RelationSpec,
  type Rows,
  type Rule,
} from './spec.js'
import type { Case } from './subject.js'

/** The same case with less of a schema. */
export function* smallerSpecs(one: Case): Generator<Case> {
  const { models, relations } = one.spec
  for (const model of models) if (model.name !== one.ask.model) yield withoutModel(one, model)
  for (const relation of relations) yield withoutRelation(one, relation)
  for (const policies of models.flatMap((model) => smallerPolicies(model)))
    yield withModel(one, policies)
  for (const model of models)
    for (const { name } of model.columns)
      if (!model.key.includes(name)) yield withoutColumn(one, model, name)
  if (one.mode === 'layered') yield { ...one, mode: 'registry' }
}

const withModel = (one: Case, changed: ModelSpec): Case => ({
  ...one,
  spec: {
    ...one.spec,
    models: one.spec.models.map((model) => (model.name === changed.name ? changed : model)),
  },
})

function withoutModel(one: Case, { name }: ModelSpec): Case {
  const gone = one.spec.relations.filter(({ from, to }) => from === name || to === name)
  const bare = gone.reduce(withoutRelation, one)
  const models = bare.spec.models.filter((model) => model.name !== name)
  return { ...bare, spec: { ...bare.spec, models }, rows: without(bare.rows, [name]) as Rows }
}

function withoutRelation(one: Case, { name, from, keys }: RelationSpec): Case {
  const relations = one.spec.relations.filter((it) => it.name !== name)
  const columns = keys.map((key) => key.name)
  const rows = {
    ...(without(one.rows, [linksOf(name)]) as Rows),
    [from]: one.rows[from]!.map((row) => without(row, columns)),
  }
  return { ...one, spec: { ...one.spec, relations }, rows }
}

function withoutColumn(one: Case, model: ModelSpec, name: string): Case {
  const columns = model.columns.filter((column) => column.name !== name)
  const rows = {
    ...one.rows,
    [model.name]: one.rows[model.name]!.map((row) => without(row, [name])),
  }
  return { ...withModel(one, { ...model, columns }), rows }
}

function smallerPolicies(model: ModelSpec): ModelSpec[] {
  const { policies } = model
  return policies.flatMap((policy, index) => {
    const others: PolicySpec[] = smallerRules(policy.rule).map((rule) => ({ ...policy, rule }))
    return [
      { ...model, policies: policies.toSpliced(index, 1) },
      ...others.map((other) => ({ ...model, policies: policies.toSpliced(index, 1, other) })),
    ]
  })
}

/** Simpler rules, the simplest first. */
function smallerRules(rule: Rule): Rule[] {
  if (rule.kind === 'atom')
    return rule.text === 'true'
      ? []
      : [
          { kind: 'atom', text: 'true' },
          { kind: 'atom', text: 'isAuthenticated' },
        ]
  const always: Rule = { kind: 'atom', text: 'true' }
  switch (rule.kind) {
    case 'and':
    case 'or':
      return [
        always,
        ...rule.parts,
        ...rule.parts.flatMap((part, index) =>
          smallerRules(part).map((smaller) => ({
            ...rule,
            parts: rule.parts.toSpliced(index, 1, smaller),
          })),
        ),
      ]
    case 'not':
      return [always, ...smallerRules(rule.part).map((part) => ({ ...rule, part }))]
    default:
      return [always, ...smallerRules(rule.where).map((where) => ({ ...rule, where }))]
  }
}

const without = (row: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)))
