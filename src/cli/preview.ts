import type { AddedToSchema } from '../schema/add/add.js'

/** What a schema gets, file by file, and what there is to know about it. */
export function previewOf({ inserted, notes }: AddedToSchema): string {
  const parts = inserted.map(({ path, into, text }) =>
    [
      `${path}${into === null ? '' : `, model ${into}`}`,
      ...text
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => `  + ${line}`.trimEnd()),
    ].join('\n'),
  )
  return [...parts, ...notes.map((note) => `note: ${note}`)].join('\n')
}
