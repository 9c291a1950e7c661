import {
  emptyField,
  type AnnotationsFound,
  type FieldDraft,
  type ModelDraft,
} from './annotations.js'
import { chooseKey, isJunction } from './keys.js'
import type { Field, Model, Notice } from './model.js'
import { columnsFor, shareFlags } from './relation-flags.js'
import { isSecretName } from './secrets.js'

/** Puts what annotations and names say into the models, and tells what is hidden by its name. */
export function finishModels(
  models: readonly Model[],
  found: AnnotationsFound,
): { models: Model[]; notices: Notice[] } {
  const notices: Notice[] = []
  const told = models.map((model) => {
    const draft = found.models.get(model.name)!
    const { auth, services, realtime, search } = draft
    const policies = draft.policies.map((policy) => onColumns(policy, model))
    const fields = model.fields.map((field) =>
      finishField(model, field, { ...draft, policies }, notices),
    )
    return { ...model, fields, annotations: { auth, policies, services, realtime, search } }
  })
  const finished = shareFlags(told).map((model) => {
    const byName = new Map(model.fields.map((field) => [field.name, field]))
    const key = chooseKey(model.uniques, (name) => {
      const { required, annotations } = byName.get(name)!
      return required && !annotations.hidden && !annotations.writeonly
    })
    return { ...model, key, junction: isJunction(key, byName) }
  })
  return { models: finished, notices }
}

type Policy = ModelDraft['policies'][number]

/** A rule on a relation is one on its foreign key. */
const onColumns = (policy: Policy, model: Model): Policy => ({
  ...policy,
  fields: [...new Set(policy.fields.flatMap((name) => columnsFor(model, name)))],
})

function finishField(model: Model, field: Field, draft: ModelDraft, notices: Notice[]): Field {
  const written = draft.fields.get(field.name)
  const unsaid = (written?.hidden ?? null) === null && !written?.writeonly
  const byName = unsaid && isSecret(model, field)
  const policies = draft.policies.filter(({ fields }) => fields.includes(field.name))
  if (written === undefined && !byName && policies.length === 0) return field
  if (byName)
    notices.push({
      code: 'hidden',
      message: `${model.name}.${field.name} is hidden, as its name says that it is a secret. To show it: /// @hidden(false)`,
      at: field.at,
    })
  const said: FieldDraft = written ?? emptyField()
  return { ...field, annotations: { ...said, policies, hidden: said.hidden ?? byName } }
}

const SECRET_TYPES = new Set(['String', 'Bytes', 'Json'])

const isSecret = (model: Model, field: Field): boolean =>
  field.kind === 'scalar' &&
  SECRET_TYPES.has(field.type) &&
  field.foreignKeyOf.length === 0 &&
  isSecretName(field.name, model.name)
