import { z, type ZodType } from 'zod'
import {
  isForAll,
  OPERATIONS,
  ROUTES,
  type AnyAccess,
  type AnyPermissions,
} from './access-types.js'
import { isRelation, modelMeta } from './lookup.js'

/** What is wrong with the form of it, each with its place. */
export function formMistakes(access: AnyAccess): string[] {
  const result = schemaOf(access).safeParse(access)
  return (result.error?.issues ?? []).map(({ path, message }) => `'${path.join('.')}' ${message}`)
}

const role = z.string().min(1, 'is an empty role')
const roles = z.array(role)
const permission = z.union([role, z.strictObject({ owner: z.string() })], {
  error: 'is neither a role nor { owner: column }',
})
const limit = z.strictObject({
  max: z.int().positive(),
  windowMs: z
    .int()
    .positive()
    .multipleOf(1000, 'is not a whole number of seconds')
    // Timers of Node hold no longer.
    .max(2 ** 31 - 1, 'is longer than 24 days'),
})

const each = (names: readonly string[], value: ZodType): ZodType =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, value.optional()])), {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `knows no more than ${names.join(', ')}` : undefined,
  })

/** By the form that was chosen: of a union nothing would be said but that it is wrong. */
function schemaOf({ middleware }: AnyAccess): ZodType {
  const { auth, roles: needed, rateLimit } = middleware ?? {}
  const isOneLimit = rateLimit !== undefined && isForAll(rateLimit)
  return z.strictObject({
    permissions: each(OPERATIONS, z.array(permission)).optional(),
    middleware: z
      .strictObject({
        auth: (typeof auth === 'object' ? z.array(z.enum(ROUTES)) : z.literal(true)).optional(),
        roles: (Array.isArray(needed) ? roles : each(ROUTES, roles)).optional(),
        rateLimit: (isOneLimit ? limit : each(ROUTES, limit)).optional(),
      })
      .optional(),
  })
}

/** What asks for somebody signed in, where nobody can be. */
export function nobodySignsIn({ permissions, middleware }: AnyAccess): string[] {
  const asking = Object.entries({
    permissions,
    'middleware.auth': middleware?.auth,
    'middleware.roles': middleware?.roles,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  return asking.map(
    (name) => `'${name}' asks who is signed in, and nobody can be: add a plugin such as jwt`,
  )
}

/** Permissions that could not be what they say. */
export function permissionMistakes(model: string, permissions: AnyPermissions): string[] {
  const { fields, writable } = modelMeta(model)
  return OPERATIONS.flatMap((operation) => {
    const at = `'permissions.${operation}'`
    const given = permissions[operation]
    if (given === undefined) return []
    if (operation !== 'read' && !writable) return [`${at} is of a view, which is only read`]
    return given.flatMap((item) => {
      if (typeof item === 'string') return []
      const field = Object.hasOwn(fields, item.owner) ? fields[item.owner] : undefined
      if (!field || isRelation(field)) return [`${at} names '${item.owner}', which is no column`]
      const holdsId = !field.list && ['String', 'Int', 'BigInt'].includes(field.type)
      return holdsId ? [] : [`${at} names '${item.owner}', which can't hold the id of a user`]
    })
  })
}
