import type { Preview } from '../generate.js'
import { readAppInput } from './app-input.js'
import { noticeLines } from './generating.js'
import type { Context } from './main.js'
import { diffFlags, diffOptions } from './ssot-help.js'
import type { Terminal } from './terminal.js'
import { unifiedDiff } from './unified.js'

/** `ssot diff`: what `ssot generate` would change, line by line. Writes nothing. */
export async function diffCommand(context: Context): Promise<number> {
  const { input, given } = await readAppInput('diff', diffOptions, context, diffFlags)
  const { preview } = await import('../generate.js')
  const { files, result } = await preview(input)
  for (const line of noticeLines(result, context.cwd)) context.terminal.note(`note: ${line}`)
  const diffs = files.map((file) => ({ file, lines: diffOf(file) }))
  if (given.json)
    context.terminal.json({
      ok: true,
      exitCode: 0,
      directory: input.root,
      files: diffs.map(({ file: { path, kind }, lines }) => ({
        path,
        kind,
        diff: `${lines.join('\n')}\n`,
      })),
    })
  else
    printDiffs(
      diffs.map(({ lines }) => lines),
      context.terminal,
    )
  return 0
}

const diffOf = ({ path, from, before, after }: Preview['files'][number]): string[] =>
  unifiedDiff(path, before, after, from)

function printDiffs(diffs: readonly (readonly string[])[], terminal: Terminal): void {
  for (const lines of diffs) {
    const head = lines.findIndex((line) => line.startsWith('@@'))
    for (const [index, line] of lines.entries())
      terminal.print(coloured(line, head < 0 || index < head, terminal))
  }
  if (diffs.length === 0) terminal.note('everything is up to date')
}

function coloured(line: string, isHead: boolean, { style }: Terminal): string {
  if (isHead) return style.bold(line)
  switch (line[0]) {
    case '+':
      return style.green(line)
    case '-':
      return style.red(line)
    case '@':
      return style.cyan(line)
    default:
      return line
  }
}
