/**
 * Makes one mistake after the other in the code of the apps under test, and sees whether the tests find it.
 * Usage: npm run test:mutants [-- <from> <to>]
 */
import { readFileSync } from 'node:fs'
import { run } from '../support/process.js'
import { repo } from '../support/repo.js'
import { mutants } from './list.js'

/** As much as `npm test` has to kill. */
const REQUIRED = 0.9

/**
 * The tests of `npm test` that run the code of apps: first those that find most in little time, and only if they find
 * nothing all others.
 */
const STAGES = [
  ['test/contract/sqlite', 'test/policies', 'test/attacks/together', 'test/attacks/forbidden'],
  ['test/contract/pglite', 'test/saas', 'test/attacks/sqlite', 'test/attacks/cost', 'test/search'],
]
/** Where a defence is taken out, its place may be the mutant's: that would prove nothing. */
const DEFENDED = '^(?!.*(undefended|decided on the text)).*$'

const [from = 0, to = mutants.length] = process.argv.slice(2).map(Number)
const alive: string[] = []
let tried = 0
for (const [index, { file, find, replace }] of mutants.entries()) {
  if (index < from || index >= to) continue
  const started = performance.now()
  let killer: string | undefined
  for (const stage of STAGES) killer ??= await runStage(index, stage)
  const seconds = Math.round((performance.now() - started) / 1000)
  tried += 1
  const name = `${index} ${file}: ${find} → ${replace}`
  if (killer === undefined) alive.push(name)
  console.log(
    `${killer === undefined ? 'ALIVE ' : 'killed'} ${seconds} s  ${name}\n    ${killer ?? ''}`,
  )
}

/** @returns the first test that fails */
async function runStage(index: number, files: readonly string[]): Promise<string | undefined> {
  const report = `coverage/mutants/${index}.json`
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...files, '--bail', '1', '-t', DEFENDED]
  const { code, output } = await run(
    [process.execPath, ...vitest, '--reporter=json', `--outputFile=${report}`],
    { cwd: repo, env: { TEST_MUTANT: String(index) }, seconds: 3600 },
  )
  if (code === 0) return undefined
  const killer = failedTest(report)
  if (killer === undefined) throw new Error(`No test failed, and yet:\n${output}`)
  return killer
}

const share = (tried - alive.length) / tried
console.log(`${tried - alive.length} of ${tried} killed, ${Math.round(share * 100)} %`)
if (alive.length > 0) console.log(`Alive:\n${alive.join('\n')}`)
if (share < REQUIRED) process.exitCode = 1

interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly message: string
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[]
  }[]
}

/** The first test that failed, or the file that could not begin. */
function failedTest(path: string): string | undefined {
  const { testResults } = JSON.parse(readFileSync(`${repo}/${path}`, 'utf8')) as Report
  for (const { assertionResults, name, message } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed')
    if (failed) return failed.fullName
    if (message) return `${name}: ${message.slice(0, 200)}`
  }
  return undefined
}
