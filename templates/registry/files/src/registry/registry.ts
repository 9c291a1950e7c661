import type { ZodType } from 'zod'
import { accessMistakes } from '../http/access.js'
import type { Access, AnyAccess } from '../http/access-types.js'
import type { ModelName } from '../http/custom-types.js'
import { models } from '../schema/models.js'
import type { Service } from './service.factory.js'
import type { BodySchema } from './validator.factory.js'

/** What any model's entry may say. */
export interface RegistryEntry extends AnyAccess {
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

/** Entries by the model's name in the Prisma client. */
type Registry = {
  readonly [M in ModelName as Uncapitalize<M>]?: Omit<RegistryEntry, keyof AnyAccess> & Access<M>
}

const KEYS = ['routes', 'validation', 'service', 'permissions', 'middleware']
const ROUTES = ['create', 'list', 'get', 'update', 'delete']
/** Keys of a coming version: refused rather than passed over, since nothing would enforce them. */
const COMING = new Set(['caching', 'events', 'search'])

/**
 * Checks every entry when the app starts.
 * @throws Error listing each key and model that is not known, and what can't be
 */
export function defineRegistry(registry: Registry): Readonly<Record<string, RegistryEntry>> {
  const byDelegate = new Map(Object.values(models).map((model) => [model.delegate, model]))
  const entries = registry as Readonly<Record<string, RegistryEntry>>
  const mistakes = Object.entries(entries).flatMap(([name, entry]) => {
    const model = byDelegate.get(name)
    return [
      ...(model ? [] : [`'${name}' is no model`]),
      ...unknownKeys(entry, KEYS).map((key) => `'${name}.${key}' ${reason(key)}`),
      ...unknownKeys(entry.routes, ROUTES).map((key) => `'${name}.routes.${key}' is not known`),
      ...(model ? accessMistakes(model.name, accessOf(entry)) : []).map(
        (text) => `${name}: ${text}`,
      ),
    ]
  })
  if (mistakes.length > 0) {
    throw new Error(`src/registry/models.registry.ts: ${mistakes.join('; ')}.`)
  }
  return entries
}

/** The part of an entry that says who may use the model. */
export const accessOf = ({ permissions, middleware }: RegistryEntry): AnyAccess => ({
  permissions,
  middleware,
})

const unknownKeys = (value: object, known: readonly string[]): string[] =>
  Object.keys(value).filter((key) => !known.includes(key))

const reason = (key: string): string =>
  COMING.has(key) ? 'is not available in this version' : 'is not known'
