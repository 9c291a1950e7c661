import { UserError } from '../errors.js'
import type { Position } from './model.js'

/** A mistake in a schema: where, what is wrong, and the text that would be right. */
export type Problem = {
  readonly at: Position
  readonly message: string
  readonly corrected?: string
}

/** @returns `schema.prisma:3:5` */
export const show = ({ file, line, column }: Position): string => `${file}:${line}:${column}`

/** One error that lists problems in the order they stand in the schema. */
export function problemError(
  title: string,
  problems: readonly Problem[],
  remedies: readonly string[] = [],
): UserError {
  const sorted = [...problems].sort(
    (a, b) =>
      (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : 0) ||
      a.at.line - b.at.line ||
      a.at.column - b.at.column,
  )
  const lines = sorted.flatMap(({ at, message, corrected }) => [
    `${show(at)}  ${message}`,
    ...(corrected
      ?.split('\n')
      .map((line, i) => `${i === 0 ? '    write: ' : '           '}${line}`) ?? []),
  ])
  return new UserError([title, ...lines].join('\n'), remedies)
}
