import type { Changed } from './change-config.js'
import {
  CONFLICT_REMEDY,
  changeLines,
  conflictMessage,
  conflictPlaces,
  noticeLines,
} from './generating.js'
import { outcomeOf, type Context } from './main.js'
import { shellCommand } from './quote.js'

type Report = {
  readonly root: string
  readonly dryRun: boolean
  readonly json: boolean
  readonly changed: Changed
  /** One line: what was done. */
  readonly headline: string
  readonly notes: readonly string[]
  /** For the JSON report. */
  readonly what: object
}

/** Says what came of other choices. @returns the exit code */
export function reportChange(report: Report, context: Context): number {
  const { root, dryRun, json, changed, what } = report
  const { generated, setup } = changed
  const conflicts = conflictPlaces(generated)
  const stopped = context.signal.aborted ? 130 : 0
  const exitCode = stopped || (conflicts.length > 0 || setup?.failed ? 1 : 0)
  print(report, conflicts, context)
  const failed = setup?.failed ? [`${failedText(setup.failed)} ${setup.failed.note}`] : []
  const marked = conflicts.length > 0 ? [conflictMessage(conflicts)] : []
  const remedies = [
    ...marked.map(() => CONFLICT_REMEDY),
    ...(setup?.failed ? leftIn(report).map((words) => shellCommand(words)) : []),
  ]
  if (json)
    context.terminal.json({
      ...outcomeOf(exitCode, [...marked, ...failed].join('\n') || 'Stopped.', remedies),
      ...{ directory: root, dryRun, ...what, notes: report.notes },
      ...{ changes: generated.changes, orphans: generated.orphans, notices: generated.notices },
      setup: setup && {
        steps: setup.steps,
        remaining: setup.remaining,
        failed: setup.failed?.name ?? null,
      },
    })
  return exitCode
}

function print(report: Report, conflicts: readonly string[], { terminal, cwd }: Context): void {
  const { generated, setup } = report.changed
  for (const line of [...noticeLines(generated, cwd), ...report.notes])
    terminal.note(`note: ${line}`)
  for (const path of generated.orphans)
    terminal.note(`note: ${path} is no longer generated; it stays, as you edited it`)
  const lines = changeLines(generated, report.dryRun)
  if (report.dryRun) for (const line of lines) terminal.print(line)
  const files = lines.length === 0 ? 'no file changes' : lines.join(', ')
  terminal.print(
    report.dryRun
      ? `${generated.files} files: nothing was written`
      : `${report.headline}: ${files}`,
  )
  if (conflicts.length > 0) {
    terminal.error(terminal.style.red(conflictMessage(conflicts)))
    terminal.error(CONFLICT_REMEDY)
  }
  if (setup?.failed) {
    terminal.error(`${terminal.style.red(failedText(setup.failed))} ${setup.failed.note}`)
    for (const line of setup.failed.output ?? []) terminal.error(`  ${line}`)
  }
  printNext(report, terminal)
}

const failedText = ({ name }: { readonly name: string }): string => `The step '${name}' failed:`

/** What is left to type. */
function leftIn({ changed: { setup, left } }: Report): readonly (readonly string[])[] {
  if (!setup?.failed) return left
  return [setup.failed.command, ...setup.remaining.map(({ command }) => command)]
}

function printNext(report: Report, terminal: Context['terminal']): void {
  const left = leftIn(report)
  if (left.length === 0) return
  terminal.print('Next:')
  for (const words of left) terminal.print(`  ${shellCommand(words)}`)
}
