import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadConfigFile } from './config-file.js'

let folder = ''
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ssot-config-'))))
afterEach(() => rm(folder, { recursive: true }))

const load = async (text: string): Promise<object> => {
  await writeFile(join(folder, 'ssot.config.ts'), text)
  return loadConfigFile(folder)
}

it('is empty where there is no file', async () => {
  expect(await loadConfigFile(folder)).toEqual({})
})

it('reads a config that is plain JavaScript', async () => {
  const text =
    "import { defineConfig } from 'create-ssot-app'\n\nexport default defineConfig({ mode: 'layered' })\n"
  expect(await load(text)).toEqual({ mode: 'layered' })
})

it('reads a config that needs TypeScript, and one that imports', async () => {
  await writeFile(join(folder, 'shared.ts'), "export const mode: string = 'layered'\n")
  const text = `import { defineConfig, type AppConfig } from 'create-ssot-app'
import { mode } from './shared.js'
const config = { mode } as AppConfig
export default defineConfig(config)
`
  expect(await load(text)).toEqual({ mode: 'layered' })
})

it.each([
  ['export default { framwork: 1 }', /has no option 'framwork'/],
  ['export default 7', /exports no config/],
  ['throw new Error("broken")', /cannot be run: broken/],
])('refuses %s', async (text, message) => {
  await expect(load(text)).rejects.toThrow(message)
})
