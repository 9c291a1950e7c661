import { UserError } from '../errors.js'
import type { Edited } from './edits.js'
import { lineStarts, type Source } from './source.js'

/** One finding of Prisma's linter. */
export type Finding = {
  readonly file_name: string
  readonly start: number
  readonly end: number
  readonly text: string
  readonly is_warning: boolean
}

export type CheckedFile = { readonly source: Source; readonly edited: Edited }

/**
 * Prisma's own messages, each with file, line and an excerpt of the text as the user wrote it.
 * @param message what to say where the linter found nothing
 */
export function prismaError(
  files: readonly CheckedFile[],
  findings: readonly Finding[],
  message: string,
): UserError {
  const byName = new Map(files.map((file) => [file.source.path, file]))
  const errors = findings.filter(({ is_warning }) => !is_warning)
  const seen = new Set<string>()
  const parts = errors.flatMap((finding) => {
    const file = byName.get(finding.file_name)
    const part = file === undefined ? finding.text : describe(finding, file)
    if (seen.has(part)) return []
    seen.add(part)
    return [part]
  })
  const text = parts.length > 0 ? parts.join('\n\n') : message
  return new UserError(`Prisma refuses the schema.\n\n${text}`, [
    'Correct the schema and run this again. Nothing was written.',
  ])
}

function describe({ start, text }: Finding, { source, edited }: CheckedFile): string {
  const at = source.at(Math.min(edited.original(start), source.content.length))
  return `${text.trim()}\n  --> ${at.file}:${at.line}:${at.column}\n${excerpt(source.content, at.line)}`
}

/** The line with those beside it, each with its number. */
function excerpt(content: string, line: number): string {
  const starts = lineStarts(content)
  const from = Math.max(1, line - 1)
  const to = Math.min(starts.length, line + 1)
  const width = String(to).length
  const rows = []
  for (let row = from; row <= to; row++) {
    const text = content.slice(starts[row - 1]!, starts[row]).replace(/\r?\n$/, '')
    rows.push(`${row === line ? '>' : ' '} ${String(row).padStart(width)} | ${text}`)
  }
  return rows.join('\n')
}
