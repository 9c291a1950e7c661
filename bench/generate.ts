/**
 * Generation as a whole process against its floor: a process that loads the same parser, parses the same schema
 * and writes the same bytes. Prints ratios; asserts nothing.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, runNode, type Run } from './measure.js'
import { syntheticSchema } from './schemas.js'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const CREATE = at('../dist/cli.js')
const SSOT = at('../dist/ssot.js')
const FLOOR = at('floor.mjs')
const work = mkdtempSync(join(tmpdir(), 'ssot-bench-'))
let counter = 0
const fresh = (): string => join(work, `out-${counter++}`)

const create = (schema: string, folder: string, mode: string): Promise<Run> =>
  runNode([CREATE, folder, '--schema', schema, '--mode', mode, '--yes', '--no-setup', '--quiet'])

/** Everything in a generated app, as the floor writes it. */
function bytesOf(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const path = `${folder}.json`
  const files = entries.map((file) => [file.slice(folder.length + 1), readFileSync(file, 'latin1')])
  writeFileSync(path, JSON.stringify(files))
  return path
}

async function measure(label: string, schema: string, mode: string, pairs: number): Promise<void> {
  const sample = fresh()
  await create(schema, sample, mode)
  const files = bytesOf(sample)
  const cleaned = async (run: (folder: string) => Promise<Run>): Promise<Run> => {
    const folder = fresh()
    const result = await run(folder)
    rmSync(folder, { recursive: true })
    return result
  }
  const full = await compare(
    () => cleaned((folder) => create(schema, folder, mode)),
    () => cleaned((folder) => runNode([FLOOR, schema, files, folder])),
    pairs,
  )
  row(label, mode, 'create / floor', full)
  const again = await compare(
    () => runNode([SSOT, 'generate', '--quiet'], sample),
    () => runNode([FLOOR, schema]),
    pairs,
  )
  row(label, mode, 'no-op / parse', again)
  rmSync(sample, { recursive: true })
}

function row(
  label: string,
  mode: string,
  what: string,
  { a, b, ratio }: Awaited<ReturnType<typeof compare>>,
): void {
  const ours = `${a.seconds.toFixed(3)} s ${a.megabytes.toFixed(0)} MB`
  const floor = `${b.seconds.toFixed(3)} s ${b.megabytes.toFixed(0)} MB`
  console.log(
    [
      label.padEnd(12),
      mode.padEnd(9),
      what.padEnd(15),
      ours.padEnd(16),
      floor.padEnd(16),
      `× ${ratio.toFixed(2)}`,
    ].join(' '),
  )
}

console.log('schema       mode      what            ours             floor            ratio')
const ecommerce = at('../examples/ecommerce/schema.prisma')
for (const mode of ['registry', 'layered']) {
  await measure('ecommerce', ecommerce, mode, 9)
  for (const count of [100, 1000]) {
    const schema = join(work, `synthetic-${count}.prisma`)
    writeFileSync(schema, syntheticSchema(count))
    await measure(`${count} models`, schema, mode, count === 1000 ? 3 : 7)
  }
}
rmSync(work, { recursive: true })
