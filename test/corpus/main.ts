import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dependencyFolder } from '../contract/dependencies.js'
import { COMBINATIONS } from '../examples/combinations.js'
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
  const ledger = openLedger(values.json)
  // Outside the checkout: programs of the apps must not find its settings.
  const folder = await mkdtemp(join(tmpdir(), 'ssot-corpus-'))
  const jobs = Math.max(1, Number(values.jobs) || 1)
  const results = new Map<string, Result>()
  let next = 0

  const worker = async (): Promise<void> => {
    for (let index = next++; index < work.length; index = next++) {
      const { schema, combination } = work[index]!
      const earlier = ledger.find(schema.name, labelOf(combination))
      const result = await prove(schema, combination, {
        folder,
        workers: 1,
        tests: values.tests,
        known: (hash) =>
          !values.fresh && earlier?.hash === hash && earlier.outcome !== 'failed'
            ? earlier
            : undefined,
      })
      results.set(`${schema.name} ${labelOf(combination)}`, result)
      if (values.tests) ledger.add(result)
      console.log(`${results.size}/${work.length} ${lineOf(result, result === earlier)}`)
    }
  }
  await Promise.all(Array.from({ length: jobs }, worker))

  const ordered = work.map(({ schema, combination }) =>
    results.get(`${schema.name} ${labelOf(combination)}`),
  )
  const all = ordered.filter((result) => result !== undefined)
  const fallen = all.filter(({ outcome }) => outcome === 'failed')
  console.log(`\n${tableOf(all)}\n\n${all.length - fallen.length} right, ${fallen.length} failed`)
  if (fallen.length === 0) await rm(folder, { recursive: true, force: true })
  else console.log(`The apps that failed are left in ${folder}.`)
  return fallen.length === 0 ? 0 : 1
}

/** The results of all runs so far, in a file that is rewritten after each, so that a run can be taken up again. */
function openLedger(path: string) {
  const read = (): Result[] => JSON.parse(readFileSync(path, 'utf8')) as Result[]
  const key = (schema: string, label: string): string => `${schema} ${label}`
  const kept = new Map(
    (existsSync(path) ? read() : []).map((one) => [key(one.schema, labelOf(one.combination)), one]),
  )
  mkdirSync(dirname(path), { recursive: true })
  return {
    find: (schema: string, label: string) => kept.get(key(schema, label)),
    add(result: Result) {
      kept.set(key(result.schema, labelOf(result.combination)), result)
      writeFileSync(path, JSON.stringify([...kept.values()], null, 2))
    },
  }
}

function lineOf(result: Result, repeated: boolean): string {
  const times = result.steps.map(({ name, seconds }) => `${name} ${seconds.toFixed(1)}`).join(', ')
  const head = `${result.schema} ${labelOf(result.combination)}: ${result.outcome}`
  return [head, repeated ? 'as before' : times, result.reason].filter(Boolean).join(' · ')
}
