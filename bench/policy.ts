/**
 * Lists of 20 rows by the client that is bound to a user, against the same rows by the same filter, written by hand; and
 * writes of one row under a rule, against the same ones without any. Both run in the process of the generated blog, in
 * turn, on its SQLite file. Prints ratios; asserts nothing.
 */
import { compileWith, databaseOf, withApp } from './app.js'
import { machine, middle, row, run, times } from './measure.js'

console.log(machine())
row(['per CPU second', 'policy', 'by hand', 'ratio'])
await withApp(['--example', 'blog'], async (folder) => {
  compileWith(folder, { 'policy.ts': 'policy.ts' })
  const args = ['bench-dist/handwritten/policy.js']
  const { results } = JSON.parse(
    await run({ args, cwd: folder }, { ...process.env, DATABASE_URL: databaseOf(folder) }),
  ) as {
    results: { name: string; rounds: [number, number][] }[]
  }
  for (const { name, rounds } of results) {
    const { a, b, ratio } = middle(rounds)
    row([name, a.toFixed(0), b.toFixed(0), times(ratio)])
  }
})
