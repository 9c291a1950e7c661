import type { JsonSchema } from './json-schema.js'

export type Components = Readonly<
  Record<'schemas' | 'responses' | 'parameters' | 'headers', Readonly<Record<string, JsonSchema>>>
>

/** Of all components those that the paths lead to, in their order. */
export function used(paths: JsonSchema, components: Components): JsonSchema {
  const found = new Set<string>()
  const follow = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key !== '$ref' || typeof inner !== 'string') follow(inner)
      else if (!found.has(inner)) {
        found.add(inner)
        const [group, name] = inner.split('/').slice(2) as [keyof Components, string]
        follow(components[group][name])
      }
    }
  }
  follow(paths)
  return Object.fromEntries(
    Object.entries(components).flatMap(([group, all]) => {
      const kept = Object.entries(all).filter(([name]) =>
        found.has(`#/components/${group}/${name}`),
      )
      return kept.length === 0 ? [] : [[group, Object.fromEntries(kept)]]
    }),
  )
}
