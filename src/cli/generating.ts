import type { GenerateInput, GenerateResult } from '../generate.js'
import type { SetupObserver } from '../setup/index.js'
import type { Context } from './main.js'
import { shownPath } from './quote.js'

/** Runs generation as one step on the terminal; with `--verbose` each phase gets its line. */
export async function runGenerate(
  input: GenerateInput,
  { terminal }: Context,
): Promise<GenerateResult> {
  const { generate } = await import('../generate.js')
  const started = performance.now()
  const progress = terminal.begin('generate')
  try {
    const result = await generate({
      ...input,
      onPhase: (id, status, ms) => {
        if (status !== 'start') progress.output(`${id}: ${status}, ${Math.round(ms)} ms`)
      },
    })
    progress.end('done', performance.now() - started, `${result.files} files`)
    return result
  } catch (error) {
    progress.end('failed', performance.now() - started)
    throw error
  }
}

/** Shows the steps of a set-up as they go. */
export function showSteps(terminal: Context['terminal']): SetupObserver {
  let progress: ReturnType<typeof terminal.begin> = { output() {}, end() {} }
  return {
    start: (name, command) => void (progress = terminal.begin(name, command.join(' '))),
    line: (line) => progress.output(line),
    end: ({ status, ms, note }) => progress.end(status, ms, note),
  }
}

/** Lines on what was taken out of the schema, hidden, or is not enforced; paths as seen from the current folder. */
export function noticeLines({ notices }: Pick<GenerateResult, 'notices'>, cwd: string): string[] {
  return notices.map(({ message, at }) =>
    at ? `${shownPath(at.file, cwd)}:${at.line}: ${message}` : message,
  )
}

/** What happened to the files, kinds in one line; files that are the same are not counted. */
export function changeLines({ changes }: Pick<GenerateResult, 'changes'>, all: boolean): string[] {
  const changed = changes.filter(({ kind, reason }) => kind !== 'keep' || reason !== 'same')
  if (all)
    return changed.map(({ kind, path, from, reason, lines }) => {
      const about = [
        ...(from ? [`from ${from}`] : []),
        ...(reason ? [reason] : []),
        ...(lines ? [`line ${lines.join(', ')}`] : []),
      ]
      return `${kind.padEnd(8)} ${path}${about.length > 0 ? ` (${about.join(', ')})` : ''}`
    })
  const counts = new Map<string, number>()
  for (const { kind } of changed) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].map(([kind, count]) => `${count} ${PAST[kind] ?? kind}`)
}

/** Where conflicts begin, one `path:line` each. */
export const conflictPlaces = ({ changes }: Pick<GenerateResult, 'changes'>): string[] =>
  changes.flatMap(({ path, lines }) => (lines ?? []).map((line) => `${path}:${line}`))

/** What is said where a run left conflicts, as a whole. */
export const conflictMessage = (places: readonly string[]): string =>
  `You and the generator changed the same lines. Both versions stand at:\n${places.map((place) => `  ${place}`).join('\n')}`

export const CONFLICT_REMEDY =
  'Choose what each place should say, and take the markers out; it is not asked again.'

const PAST: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'updated',
  merge: 'merged',
  conflict: 'in conflict',
  keep: 'kept as they are',
  delete: 'deleted',
  move: 'moved',
}
