import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { configOf, withDefaults } from '../../src/config.js'
import { generate, type GenerateResult } from '../../src/generate.js'
import { applyDiff } from './patch.js'
import type { Actions, Choices, Step } from './case.js'

/** An app on disk, without dependencies. */
export class TestApp {
  readonly root = join(mkdtempSync(join(tmpdir(), 'ssot-regen-')), 'app')
  choices: Choices = { mode: 'layered' }

  /** Makes the app from a schema file. */
  create(schema: string): Promise<GenerateResult> {
    return this.#run(schema)
  }

  /** What `ssot generate` does. */
  generate(): Promise<GenerateResult> {
    return this.#run(join(this.root, 'prisma'))
  }

  #run(schema: string): Promise<GenerateResult> {
    const { rename, ...choices } = this.choices
    this.choices = choices
    const config = configOf(withDefaults({ ...choices, schema }, {}), this.root)
    return generate({ root: this.root, config, dryRun: false, force: false, rename })
  }

  read = (path: string): string => readFileSync(join(this.root, path), 'utf8')

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), text)
  }

  /** Every file with its text; `!` behind the path of a program. */
  tree(): Record<string, string> {
    const files: Record<string, string> = {}
    for (const entry of readdirSync(this.root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const path = join(entry.parentPath, entry.name)
      const name = path.slice(this.root.length + 1).replaceAll('\\', '/')
      files[name + (statSync(path).mode & 0o100 ? '!' : '')] = readFileSync(path, 'utf8')
    }
    delete files['.ssot/report.json']
    return files
  }

  /** Changes the app as a step of a case says. */
  apply({ diffs, files, actions, choices }: Step): void {
    for (const [path, text] of Object.entries(files)) this.write(path, text)
    for (const [path, diff] of Object.entries(diffs))
      this.write(path, applyDiff(this.read(path), diff))
    this.#act(actions)
    this.choices = { ...this.choices, ...choices }
  }

  #act(actions: Actions): void {
    const change = (paths: readonly string[] = [], by: (text: string) => string): void => {
      for (const path of paths) this.write(path, by(this.read(path)))
    }
    for (const [from, to] of Object.entries(actions.move ?? {})) {
      mkdirSync(dirname(join(this.root, to)), { recursive: true })
      renameSync(join(this.root, from), join(this.root, to))
    }
    change(actions.restyle, restyled)
    change(actions.windows, (text) => text.replaceAll('\n', '\r\n'))
    change(actions.mixed, (text) => text.replaceAll(/^(?!import)(.*)\n/gm, '$1\r\n'))
    change(actions.open, (text) => text.trimEnd())
    change(actions.mark, (text) => `\uFEFF${text}`)
    for (const path of actions.executable ?? []) chmodSync(join(this.root, path), 0o755)
    for (const path of actions.delete ?? []) rmSync(join(this.root, path), { recursive: true })
  }

  remove(): void {
    rmSync(dirname(this.root), { recursive: true, force: true })
  }
}

const restyled = (text: string): string =>
  text
    .replaceAll("'", '"')
    .replaceAll(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2))
    .replaceAll(/^((?:import|export type|\t\w+\??:) .*)$/gm, '$1;')
