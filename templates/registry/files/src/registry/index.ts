import type { Resource } from '../http/route.js'
import { models } from '../schema/models.js'
import { registry } from './models.registry.js'
import type { RegistryEntry } from './registry.js'
import { createResource } from './router.factory.js'

/** What the API serves, model by model. */
export const resources: readonly Resource[] = Object.values(models).flatMap((model) => {
  const entry = (registry as Readonly<Record<string, RegistryEntry>>)[model.delegate]
  return entry && Object.hasOwn(registry, model.delegate) ? [createResource(model.name, entry)] : []
})
