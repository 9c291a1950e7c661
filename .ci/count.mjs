/** Adds up vitest's JSON reports. Usage: count.mjs <folder> <steps that failed> */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [folder, steps] = process.argv.slice(2)
const reports = readdirSync(folder).map((name) =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')),
)
const sum = (key) => reports.reduce((total, report) => total + report[key], 0)
// A step may fail without a test that does: lint, types, a file that cannot be loaded.
const failed = Math.max(sum('numFailedTests'), Number(steps))
console.log(`${sum('numPassedTests')} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
