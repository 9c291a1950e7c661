import type { ModelView } from '../../src/kit/index.js'

type Import = { readonly module: string; readonly names: string }

/** What a controller imports from `src/http`, by the operations it serves. */
export function controllerImports({ operations }: ModelView): Import[] {
  const { get, create, update, delete: remove } = operations
  const writes = create || update || remove
  const bulk = update || remove
  const names: Readonly<Record<string, readonly (string | false)[]>> = {
    body: [(create || bulk) && 'readBody'],
    bulk: [remove && 'deleteManyBody'],
    id: [get && 'readId'],
    precondition: [bulk && 'ifMatch'],
    query: [
      'readCountQuery',
      'readListQuery',
      'readSearchQuery',
      (get || create || update) && 'readSelection',
      bulk && 'readWhere',
      writes && 'refuseQuery',
    ],
    respond: [
      create && 'created',
      create && 'createdMany',
      remove && 'noContent',
      'ok',
      (get || update) && 'one',
      'page',
    ],
  }
  return Object.entries(names).flatMap(([module, list]) => {
    const used = list.filter((name) => name !== false)
    return used.length === 0 ? [] : [{ module, names: used.join(', ') }]
  })
}
