import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { timesOf } from '../proof/attempt.js'
import { openLedger } from '../proof/ledger.js'
import { inParallel } from '../proof/pool.js'
import { repo } from '../support/repo.js'
import { installPackageManagers } from './package-managers.js'
import { proveRow } from './prove.js'
import { tableOf, type RowResult } from './result.js'
import { labelOf, matrixRows } from './rows.js'

const USAGE = `npm run matrix -- [options]

Makes apps so that every pair of values of any two options is tried at least once, each with its real package
manager: install, client, database, seed, types, lint, build, start, the app's own tests, an install from the lock
file and the compiled app, these two in sh as in the app's image. What passed before and is emitted the same again is
not repeated.
Rows with a server use that of TEST_POSTGRES_URL, without it the embedded database, and that of TEST_MYSQL_URL.

  --only <text>   only rows whose name holds it; may be repeated: all of them must be there
  --list          print the rows and end
  --jobs <n>      apps at once (default: one a core)
  --fresh         repeat everything
  --json <file>   where the results go (default: coverage/matrix.json)`

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    list: { type: 'boolean', default: false },
    jobs: { type: 'string', default: String(availableParallelism()) },
    fresh: { type: 'boolean', default: false },
    json: { type: 'string', default: join(repo, 'coverage', 'matrix.json') },
    help: { type: 'boolean', default: false },
  },
})

const rows = matrixRows().filter((row) => values.only.every((text) => labelOf(row).includes(text)))
if (values.help) console.log(USAGE)
else if (values.list) console.log(rows.map(labelOf).join('\n'))
else process.exitCode = await main()

async function main(): Promise<number> {
  if (rows.length === 0) throw new Error('No row has all of these in its name.')
  await installPackageManagers()
  const ledger = openLedger<RowResult>(values.json, ({ row }) => labelOf(row))
  // Outside the checkout: programs of the apps must not find its settings.
  const folder = await mkdtemp(join(tmpdir(), 'ssot-matrix-'))
  let ended = 0
  const results = await inParallel(rows, Math.max(1, Number(values.jobs) || 1), async (row) => {
    const earlier = ledger.find(labelOf(row))
    const result = await proveRow(row, {
      folder,
      known: (hash) =>
        !values.fresh && earlier?.hash === hash && earlier.outcome === 'passed'
          ? earlier
          : undefined,
    })
    ledger.add(result)
    console.log(`${++ended}/${rows.length} ${lineOf(result, result === earlier)}`)
    return result
  })
  const fallen = results.filter(({ outcome }) => outcome === 'failed')
  console.log(
    `\n${tableOf(results)}\n\n${results.length - fallen.length} passed, ${fallen.length} failed`,
  )
  if (fallen.length === 0) await rm(folder, { recursive: true, force: true })
  else console.log(`The apps that failed are left in ${folder}.`)
  return fallen.length === 0 ? 0 : 1
}

function lineOf({ row, outcome, steps, reason }: RowResult, repeated: boolean): string {
  const head = `${labelOf(row)}: ${outcome}`
  return [head, repeated ? 'as before' : timesOf(steps), reason].filter(Boolean).join(' · ')
}
