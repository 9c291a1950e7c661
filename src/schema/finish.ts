import {
  emptyField,
  type AnnotationsFound,
  type FieldDraft,
  type ModelDraft,
} from './annotations.js'
import { chooseKey, isJunction } from './keys.js'
import type { Field, Model, Notice } from './model.js'
import { isSecretName } from './secrets.js'

/** Puts what annotations and names say into the models, and tells what is hidden by its name. */
export function finishModels(
  models: readonly Model[],
  found: AnnotationsFound,
): { models: Model[]; notices: Notice[] } {
  const notices: Notice[] = []
  const finished = models.map((model) => {
    const draft = found.models.get(model.name)!
    const fields = model.fields.map((field) => finishField(model, field, draft, notices))
    const byName = new Map(fields.map((field) => [field.name, field]))
    const key = chooseKey(model.uniques, (name) => {
      const field = byName.get(name)!
      return field.required && !field.annotations.hidden
    })
    const { auth, policies, services, realtime, search } = draft
    const annotations = { auth, policies, services, realtime, search }
    return { ...model, fields, key, junction: isJunction(key, byName), annotations }
  })
  return { models: finished, notices }
}

function finishField(model: Model, field: Field, draft: ModelDraft, notices: Notice[]): Field {
  const written = draft.fields.get(field.name)
  const byName = (written?.hidden ?? null) === null && isSecret(model, field)
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
