import { loadCustom } from '../http/custom.js'
import { withCustomRoutes } from '../http/resource.js'
import { models } from '../schema/models.js'
import { registry } from './models.registry.js'
import type { RegistryEntry } from './registry.js'
import { createResource } from './router.factory.js'

await loadCustom(new URL('.', import.meta.url))

const generated = Object.values(models).flatMap((model) => {
  const entry = (registry as Readonly<Record<string, RegistryEntry>>)[model.delegate]
  return entry && Object.hasOwn(registry, model.delegate) ? [createResource(model.name, entry)] : []
})

/** What the API serves, model by model. */
export const resources = withCustomRoutes(generated)
