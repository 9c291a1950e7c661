import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readVariable, writeEnvFile } from './env-file.js'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ssot-env-'))))
afterEach(() => rm(folder, { recursive: true }))

const variable = (name: string, more: object = {}) => ({
  name,
  description: '',
  example: 'sample',
  zod: '',
  ...more,
})
const text = () => readFile(join(folder, '.env'), 'utf8')

it('adds what is missing and leaves what is there', async () => {
  await writeFile(join(folder, '.env'), '# mine\nPORT = 4000')
  const added = await writeEnvFile(folder, [
    variable('PORT'),
    variable('NAME', { value: 'a b' }),
    variable('OTHER'),
  ])
  expect(added).toEqual(['NAME', 'OTHER'])
  expect(await text()).toBe("# mine\nPORT = 4000\nNAME='a b'\nOTHER=sample\n")
})

it('makes a new random value for each secret', async () => {
  await writeEnvFile(folder, [variable('ONE', { secret: true }), variable('TWO', { secret: true })])
  const [one, two] = [readVariable(await text(), 'ONE'), readVariable(await text(), 'TWO')]
  expect(one).toMatch(/^[\w-]{43}$/)
  expect(two).not.toBe(one)
})

it('does nothing where nothing is missing', async () => {
  await writeFile(join(folder, '.env'), 'export ONE="1"\n')
  expect(await writeEnvFile(folder, [variable('ONE')])).toEqual([])
  expect(readVariable(await text(), 'ONE')).toBe('1')
})
