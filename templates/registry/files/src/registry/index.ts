import { loadCustom } from '../http/custom.js'
import { withCustomRoutes } from '../http/resource.js'
import { models } from '../schema/models.js'
import { registry } from './models.registry.js'
import { createResource } from './router.factory.js'

await loadCustom(new URL('.', import.meta.url))

const generated = Object.values(models).flatMap((model) => {
  const entry = Object.hasOwn(registry, model.delegate) ? registry[model.delegate] : undefined
  return entry ? [createResource(model.name, entry)] : []
})

/** What the API serves, model by model. */
export const resources = withCustomRoutes(generated)
