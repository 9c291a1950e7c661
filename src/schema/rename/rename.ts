import type { Outline } from './outline.js'

/**
 * A model, an enum or a field that goes on under a new name: `Post` → `Article`, or `Article.body` → `Article.content`.
 * In a list each builds on those before it: a field's model is called what it is called by then.
 */
export type Rename = { readonly from: string; readonly to: string }

/** The name that a model or an enum has after some renames. */
export const currentName = (name: string, renames: readonly Rename[]): string =>
  renames.reduce((now, { from, to }) => (now === from ? to : now), name)

/** The name that a field has after some renames; `model` is what its model was called before them. */
export function currentField(
  model: string,
  field: string,
  renames: readonly Rename[],
): { readonly model: string; readonly field: string } {
  const now = { model, field }
  for (const { from, to } of renames)
    if (from === now.model) now.model = to
    else if (from === `${now.model}.${now.field}`) now.field = partsOf(to).field!
  return now
}

/** `Post.body` → model `Post`, field `body`. */
export function partsOf(name: string): { readonly owner: string; readonly field: string | null } {
  const [owner = '', field = null] = name.split('.')
  return { owner, field }
}

/** Every model, enum and `Model.field` that a schema names. */
export const namesIn = ({ models, enums }: Outline): string[] => [
  ...models.flatMap(({ name, fields }) => [
    name,
    ...fields.map((field) => `${name}.${field.name}`),
  ]),
  ...enums.map(({ name }) => name),
]
