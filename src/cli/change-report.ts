import type { Changed } from './change-config.js'
import { changeLines, conflictPlaces, noticeLines } from './generating.js'
import type { Context } from './main.js'
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
  if (json)
    context.terminal.json({
      ...{ ok: exitCode === 0, exitCode, directory: root, dryRun, ...what, notes: report.notes },
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
    terminal.error(terminal.style.red('You and the generator changed the same lines:'))
    for (const place of conflicts) terminal.error(`  ${place}`)
  }
  if (setup?.failed) {
    terminal.error(
      `${terminal.style.red(`The step '${setup.failed.name}' failed:`)} ${setup.failed.note}`,
    )
    for (const line of setup.failed.output ?? []) terminal.error(`  ${line}`)
  }
  printNext(report, terminal)
}

/** What is left to type. */
function printNext({ changed }: Report, terminal: Context['terminal']): void {
  const { failed = null, remaining = [] } = changed.setup ?? {}
  const left =
    failed === null ? changed.left : [failed.command, ...remaining.map(({ command }) => command)]
  if (left.length === 0) return
  terminal.print('Next:')
  for (const words of left) terminal.print(`  ${shellCommand(words)}`)
}
