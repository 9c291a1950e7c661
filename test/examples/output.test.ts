import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../support/process.js'
import { COMBINATIONS, EXAMPLES, kindOf, type Combination, type Example } from './combinations.js'
import { contentsOf, countLines, timesOf } from './files.js'
import { createCommand, emptyFolder, removeFolder } from './make.js'

const folders: string[] = []
afterAll(() => Promise.all(folders.map(removeFolder)))

/** Writes an app without making it ready to run. */
async function write(example: Example, combination: Combination): Promise<string> {
  const folder = await emptyFolder()
  folders.push(folder)
  const ended = await run(createCommand('app', example, combination, '--no-setup'), { cwd: folder })
  expect(ended.code, ended.output).toBe(0)
  return join(folder, 'app')
}

const PAIRS = EXAMPLES.map((example) => ({ example, ...kindOf(example) }))

describe('what is written', () => {
  it.each(PAIRS)(
    'has the same bytes each time: $example, $framework, $mode',
    async ({ example, ...combination }) => {
      const [one, two] = [await write(example, combination), await write(example, combination)]
      expect(await contentsOf(two)).toEqual(await contentsOf(one))
    },
  )

  it('is at least 70 % shorter in registry mode than in layered mode', async () => {
    const [registry, layered] = [
      await write('ecommerce', { framework: 'express', mode: 'registry' }),
      await write('ecommerce', { framework: 'express', mode: 'layered' }),
    ]
    const short = await countLines(join(registry, 'src', 'registry'))
    const long = await countLines(join(layered, 'src', 'models'))
    expect(short / long).toBeLessThanOrEqual(0.3)
  })

  it('is nothing at all in a dry run', async () => {
    const folder = await emptyFolder()
    folders.push(folder)
    await mkdir(join(folder, 'other'))
    await writeFile(join(folder, 'other', 'file'), 'mine')
    const before = await timesOf(folder)
    for (const combination of COMBINATIONS) {
      const command = createCommand('app', 'blog', combination, '--dry-run')
      const ended = await run(command, { cwd: folder })
      expect(ended).toMatchObject({ code: 0, output: expect.stringContaining('src/server.ts') })
    }
    expect(await timesOf(folder)).toEqual(before)
  })
})
