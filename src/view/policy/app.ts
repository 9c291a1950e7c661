import type { AppView } from '../app.js'
import { propertyKey } from '../text.js'
import { isGoverned, viewPolicy, type PolicyView } from './model.js'

/** What `src/policies` is made of. */
export type PoliciesView = {
  /** Of the models that say who may do what. */
  readonly policies: readonly PolicyView[]
  /** Every model, and what its policy is called. */
  readonly models: readonly { readonly key: string; readonly policy: string }[]
  /** True where some models say nothing: they are for whoever is signed in. */
  readonly hasOthers: boolean
}

/** The policies of an app where it matters who is signed in. */
export function viewPolicies({ schema, models, provider }: AppView): PoliciesView {
  const byName = new Map(schema.models.map((model) => [model.name, model]))
  const governed = models.filter(({ name }) => isGoverned(byName.get(name)!))
  const policies = governed
    .map((view) => viewPolicy(byName.get(view.name)!, view, byName, provider))
    .toSorted((a, b) => (a.file < b.file ? -1 : 1))
  return {
    policies,
    models: models.map((model) => ({
      key: propertyKey(model.name),
      policy: governed.includes(model) ? `${model.variable}Policy` : 'signedInOnly',
    })),
    hasOthers: governed.length < models.length,
  }
}
