import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PhaseMetric } from '../pipeline/phase.js'

/** Where the timings of the last run lie: of one machine, so not in the manifest and not in git. */
const REPORT_PATH = '.ssot/report.json'

/** Writes how long each phase of a run took, in milliseconds. */
export function writeReport(
  root: string,
  report: { readonly ms: number; readonly files: number; readonly phases: readonly PhaseMetric[] },
): Promise<void> {
  const phases = report.phases.map(({ phase, ms, status }) => ({ phase, ms: rounded(ms), status }))
  const text = JSON.stringify({ ms: rounded(report.ms), files: report.files, phases }, null, 2)
  return writeFile(join(root, REPORT_PATH), `${text}\n`)
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10
