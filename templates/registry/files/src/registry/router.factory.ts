import { setAccess } from '../http/access.js'
import { deleteManyBody } from '../http/bulk.js'
import { modelMeta } from '../http/lookup.js'
import type { Resource, Route } from '../http/route.js'
import { createController } from './controller.factory.js'
import { accessOf, type RegistryEntry } from './registry.js'
import { createService } from './service.factory.js'
import { createValidators } from './validator.factory.js'

/** Makes the routes that an entry of the registry asks for, with what it says of who may use them. */
export function createResource(model: string, entry: RegistryEntry): Resource {
  if (entry.permissions || entry.middleware) setAccess(model, accessOf(entry))
  const { key } = modelMeta(model)
  const check = createValidators(model, entry.validation)
  const service = createService(model)
  const handle = createController(model, entry.service?.(service) ?? service, check)
  const row = `/${key?.fields.map((field) => `:${field}`).join('/') ?? ''}`
  const { list, create, get, update, delete: remove } = entry.routes
  const routes: readonly (Route | false | undefined)[] = [
    list && route('GET', '/', 'list'),
    list && route('GET', '/count', 'count'),
    list && route('POST', '/search', 'search'),
    create && route('POST', '/', 'create', check.create),
    create && route('POST', '/bulk', 'createMany', check.createMany),
    update && route('PATCH', '/bulk', 'updateMany', check.updateMany),
    remove && route('DELETE', '/bulk', 'deleteMany', deleteManyBody),
    get && route('GET', row, 'get'),
    update && route('PATCH', row, 'update', check.update),
    update && create && route('PUT', row, 'replace', check.replace),
    remove && route('DELETE', row, 'delete'),
  ]
  return { model, routes: routes.filter((item): item is Route => Boolean(item)) }

  function route(
    method: Route['method'],
    path: string,
    kind: Route['kind'],
    body?: Route['body'],
  ): Route {
    return { method, path, kind, body, handler: handle[kind] }
  }
}
