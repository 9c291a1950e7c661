import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { configOf, withDefaults, type Config } from '../../src/config.js'
import { generate, type GenerateResult } from '../../src/generate.js'
import type { Given } from '../../src/options.js'

const SCHEMA = `datasource db {
  provider = "sqlite"
}
generator client {
  provider = "prisma-client"
  output   = "../src/generated/prisma"
}
/// What is written.
model Note {
  id   Int    @id @default(autoincrement())
  text String
}
`

/** An app on disk that is generated with plugins of its own; without dependencies. */
export class PluginApp {
  readonly #folder = mkdtempSync(join(tmpdir(), 'ssot-plugins-'))
  readonly root = join(this.#folder, 'app')
  #made = false

  constructor(readonly schema = SCHEMA) {
    mkdirSync(this.root)
    this.write('../schema.prisma', schema)
  }

  /** Writes a plugin of the app's own: the fields of its object, as code. */
  plugin(id: string, fields: string, files: Readonly<Record<string, string>> = {}): void {
    const text = `import { copy, definePlugin, render } from 'create-ssot-app/kit'
export const plugin = definePlugin({
  id: '${id}',
  category: 'other',
  description: 'A plugin of a test',
  options: {},
  contribute: () => ({}),
  ${fields}
})
`
    this.write(`ssot/plugins/${id}/plugin.ts`, text)
    for (const [path, content] of Object.entries(files))
      this.write(`ssot/plugins/${id}/files/${path}`, content)
  }

  /** Generates with these plugins. */
  async generate(given: Given, more: Partial<Config> = {}): Promise<GenerateResult> {
    const schema = this.#made ? 'prisma' : '../schema.prisma'
    const options = withDefaults({ format: false, mode: 'layered', ...given, schema }, {})
    const config = { ...configOf(options, this.root), ...more }
    const result = await generate({ root: this.root, config, dryRun: false, force: true })
    this.#made = true
    return result
  }

  read = (path: string): string => readFileSync(join(this.root, path), 'utf8')

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), text)
  }

  has = (path: string): boolean => existsSync(join(this.root, path))

  delete = (path: string): void => rmSync(join(this.root, path))

  /** Every file with its text, what a run says of itself left out. */
  tree(): Record<string, string> {
    const files = readdirSync(this.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'report.json')
      .map((entry) => join(entry.parentPath, entry.name).slice(this.root.length + 1))
    return Object.fromEntries(
      files.map((path) => [
        path.replaceAll('\\', '/'),
        readFileSync(join(this.root, path), 'latin1'),
      ]),
    )
  }

  remove = (): void => rmSync(this.#folder, { recursive: true, force: true })
}
