import type { ZodType } from 'zod'
import { models } from '../schema/models.js'
import type { Service } from './service.factory.js'
import type { BodySchema } from './validator.factory.js'

/** What one model's entry may say. */
export interface RegistryEntry {
  /** `list` stands for the list, its count and search; `update` for PATCH and PUT; each write for its bulk form too. */
  readonly routes: {
    readonly create?: boolean
    readonly list?: boolean
    readonly get?: boolean
    readonly update?: boolean
    readonly delete?: boolean
  }
  /** Adds to what a body must look like: `create: (body) => body.refine(…)`. */
  readonly validation?: {
    readonly create?: (body: BodySchema) => ZodType<object>
    readonly update?: (body: BodySchema) => ZodType<object>
  }
  /** Replaces operations on the database; the rest stays: `(service) => ({ ...service, delete: archive })`. */
  readonly service?: (service: Service) => Service
}

const KEYS = ['routes', 'validation', 'service']
const ROUTES = ['create', 'list', 'get', 'update', 'delete']
/** Keys of a coming version: refused rather than passed over, since nothing would enforce them. */
const COMING = new Set(['middleware', 'permissions', 'caching', 'events', 'search'])

/**
 * Checks every entry when the app starts.
 * @throws Error listing each key and model that is not known
 */
export function defineRegistry<const T extends Readonly<Record<string, RegistryEntry>>>(
  registry: T,
): T {
  const delegates = new Set(Object.values(models).map((model) => model.delegate))
  const mistakes = Object.entries(registry).flatMap(([name, entry]) => [
    ...(delegates.has(name) ? [] : [`'${name}' is no model`]),
    ...unknownKeys(entry, KEYS).map((key) => `'${name}.${key}' ${reason(key)}`),
    ...unknownKeys(entry.routes, ROUTES).map((key) => `'${name}.routes.${key}' is not known`),
  ])
  if (mistakes.length > 0) {
    throw new Error(
      `src/registry/models.registry.ts: ${mistakes.join('; ')}. Remove what is not known.`,
    )
  }
  return registry
}

const unknownKeys = (value: object, known: readonly string[]): string[] =>
  Object.keys(value).filter((key) => !known.includes(key))

const reason = (key: string): string =>
  COMING.has(key) ? 'is not available in this version' : 'is not known'
