import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dependencyFolder } from '../contract/dependencies.js'
import { COMBINATIONS } from '../examples/combinations.js'
import { timesOf } from '../proof/attempt.js'
import { openLedger } from '../proof/ledger.js'
import { inParallel } from '../proof/pool.js'
import { repo } from '../support/repo.js'
import { discover } from './discover.js'
import { prove } from './prove.js'
import { labelOf, type Result } from './result.js'
import { tableOf } from './table.js'

const USAGE = `npm run corpus -- <folder> [options]

Makes an app of every Prisma schema below the folder, in each combination of framework and mode: type-check, lint,
database, seed, start, the app's own tests. What passed before and is emitted the same again is not repeated.
PostgreSQL schemas use the server of TEST_POSTGRES_URL, or the embedded database; MySQL ones that of TEST_MYSQL_URL.

  --only <text>          only schemas whose name holds it; may be repeated
  --combination <name>   only this one, for example fastify-layered; may be repeated
  --no-tests             without the apps' own tests; such results are not remembered
  --jobs <n>             apps at once (default: one a core)
  --fresh                repeat everything
  --json <file>          where the results go (default: coverage/corpus.json)`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  allowNegative: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    combination: { type: 'string', multiple: true, default: [] },
    tests: { type: 'boolean', default: true },
    jobs: { type: 'string', default: String(availableParallelism()) },
    fresh: { type: 'boolean', default: false },
    json: { type: 'string', default: join(repo, 'coverage', 'corpus.json') },
    help: { type: 'boolean', default: false },
  },
})

process.exitCode = values.help || positionals.length !== 1 ? usage() : await main()

function usage(): number {
  console.log(USAGE)
  return values.help ? 0 : 2
}

async function main(): Promise<number> {
  const schemas = (await discover(resolve(positionals[0] ?? ''))).filter(
    ({ name }) => values.only.length === 0 || values.only.some((text) => name.includes(text)),
  )
  const combinations = COMBINATIONS.filter(
    (one) => values.combination.length === 0 || values.combination.includes(labelOf(one)),
  )
  const work = schemas.flatMap((schema) =>
    combinations.map((combination) => ({ schema, combination })),
  )
  if (work.length === 0) throw new Error('No schema and combination of these names.')
  await dependencyFolder()
  const ledger = openLedger<Result>(values.json, keyOf)
  // Outside the checkout: programs of the apps must not find its settings.
  const folder = await mkdtemp(join(tmpdir(), 'ssot-corpus-'))
  const jobs = Math.max(1, Number(values.jobs) || 1)
  let ended = 0
  const all = await inParallel(work, jobs, async ({ schema, combination }) => {
    const earlier = ledger.find(keyOf({ schema: schema.name, combination }))
    const result = await prove(schema, combination, {
      folder,
      workers: 1,
      tests: values.tests,
      known: (hash) =>
        !values.fresh && earlier?.hash === hash && earlier.outcome !== 'failed'
          ? earlier
          : undefined,
    })
    if (values.tests) ledger.add(result)
    console.log(`${++ended}/${work.length} ${lineOf(result, result === earlier)}`)
    return result
  })
  const fallen = all.filter(({ outcome }) => outcome === 'failed')
  console.log(`\n${tableOf(all)}\n\n${all.length - fallen.length} right, ${fallen.length} failed`)
  if (fallen.length === 0) await rm(folder, { recursive: true, force: true })
  else console.log(`The apps that failed are left in ${folder}.`)
  return fallen.length === 0 ? 0 : 1
}

function keyOf({ schema, combination }: Pick<Result, 'schema' | 'combination'>): string {
  return `${schema} ${labelOf(combination)}`
}

function lineOf(result: Result, repeated: boolean): string {
  const head = `${keyOf(result)}: ${result.outcome}`
  return [head, repeated ? 'as before' : timesOf(result.steps), result.reason]
    .filter(Boolean)
    .join(' · ')
}
