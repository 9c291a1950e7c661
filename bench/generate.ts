/**
 * Generation as a whole process against its floor: a process that loads the same parser, parses the same schema and
 * writes the same bytes. Then a run with nothing to do, and one after a field came or went, against one that only parses,
 * and the quick commands against an empty script. Prints ratios; asserts nothing. An argument chooses lines by a part of
 * their label: `npm run bench:generate -- '100 models, layered: one field'`.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { at, compare, machine, row, run, times, type Comparison, type Job } from './measure.js'
import { syntheticSchema } from './schemas.js'

const CREATE = at('../dist/cli.js')
const SSOT = at('../dist/ssot.js')
const FLOOR = at('floor.mjs')
const EMPTY = ['-e', '0']
const MODES = ['registry', 'layered']
const work = mkdtempSync(join(tmpdir(), 'ssot-bench-'))
const target = join(work, 'target')
const sample = join(work, 'sample')

const remove = (folder: string): void => rmSync(folder, { recursive: true, force: true })
const cleaned = (args: readonly string[]): Job => ({ args, clean: () => remove(target) })
const create = (schema: string, folder: string, mode: string): string[] => {
  const flags = ['--mode', mode, '--yes', '--no-setup', '--quiet']
  return [CREATE, folder, '--schema', schema, ...flags]
}

/** Adds a field to the first model of the sample; each further call takes it out or adds it again. */
function changeField(): () => void {
  const file = join(sample, 'prisma', 'schema.prisma')
  const without = readFileSync(file, 'utf8')
  const texts = [without.replace(/^model \w+ \{\n/m, '$&  addedHere Int?\n'), without]
  let runs = 0
  const change = (): void => writeFileSync(file, texts[runs++ % 2] ?? without)
  change()
  return change
}

/** Leaves all bytes of a folder in one file, and their paths and lengths in another: what the floor writes. */
function bytesOf(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file), content: readFileSync(file) }))
  const paths = [join(work, 'bytes'), join(work, 'index.json')] as const
  writeFileSync(paths[0], Buffer.concat(files.map(({ content }) => content)))
  writeFileSync(paths[1], JSON.stringify(files.map((file) => [file.path, file.content.length])))
  return [...paths]
}

async function measure(models: number, schema: string, mode: string, pairs: number): Promise<void> {
  const label = `${models} models, ${mode}`
  const lines = ['create', 'no change', 'one field'].map((what) => `${label}: ${what}`)
  if (!lines.some(isWanted)) return
  const [full = '', again = '', changed = ''] = lines
  await run({ args: create(schema, sample, mode) })
  if (isWanted(full)) {
    const floor = cleaned([FLOOR, schema, ...bytesOf(sample), target])
    const figures = await compare(cleaned(create(schema, target, mode)), floor, pairs)
    print(full, figures, `${((figures.a / models) * 1000).toFixed(1)} ms`)
  }
  const generate = { args: [SSOT, 'generate', '--quiet'], cwd: sample }
  const parse = { args: [FLOOR, schema] }
  if (isWanted(again)) print(again, await compare(generate, parse, pairs))
  if (isWanted(changed))
    print(changed, await compare({ ...generate, clean: changeField() }, parse, pairs))
  remove(sample)
}

/** True for the label of a line that is asked for. */
const isWanted = (label: string): boolean => label.includes(process.argv[2] ?? '')

function print(label: string, { a, b, ratio, memory }: Comparison, perModel = ''): void {
  const figures = [a, b].map((seconds) => `${(seconds * 1000).toFixed(0)} ms`)
  const megabytes = [memory.a, memory.b].map((value) => `${value.toFixed(0)} MB`)
  row([label, ...figures, times(ratio), ...megabytes, perModel])
}

try {
  console.log(machine())
  row(['', 'ours', 'floor', 'ratio', 'ours', 'floor', 'per model'])
  for (const args of [
    [CREATE, '--help'],
    [CREATE, '--version'],
    [SSOT, 'version'],
  ]) {
    const label = args.map((arg) => basename(arg)).join(' ')
    if (isWanted(label)) print(label, await compare({ args }, { args: EMPTY }, 15))
  }
  for (const mode of MODES) {
    await measure(24, at('../examples/ecommerce/schema.prisma'), mode, 9)
    for (const count of [100, 1000]) {
      const schema = join(work, `synthetic-${count}.prisma`)
      writeFileSync(schema, syntheticSchema(count))
      await measure(count, schema, mode, count === 1000 ? 3 : 7)
    }
  }
} finally {
  remove(work)
}
