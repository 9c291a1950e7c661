import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configOf, exampleSchema, withDefaults, type Config } from '../../src/config.js'
import { phases } from '../../src/phases.js'
import { PhaseRunner } from '../../src/pipeline/runner.js'
import { formatFiles } from '../../src/render/format.js'
import type { RenderedFile } from '../../src/render/render.js'
import type { Schema } from '../../src/schema/model.js'
import type { RunState } from '../../src/state.js'
import type { Choices } from './case.js'

export type Example = 'minimal' | 'blog' | 'ecommerce' | 'ai-chat'

/** What an app is made of. */
export type Source = Required<Pick<Choices, 'framework' | 'mode'>> & {
  readonly example: Example
  /** Changes of the schema that are made, by their place in `schemaChanges`. */
  readonly changed: ReadonlySet<number>
  /** Of the templates: 0 is what they are, 1 and 2 are what they may become. */
  readonly version: number
}

export type Generated = {
  readonly files: readonly RenderedFile[]
  readonly schema: Schema
  readonly config: Config
}

const folder = mkdtempSync(join(tmpdir(), 'ssot-property-'))
const made = new Map<string, Promise<Generated>>()
const formatted = new Map<string, string>()

/** Generates an app in memory; the same one is made once. */
export async function generated(source: Source): Promise<Generated> {
  const { example, framework, mode, changed, version } = source
  const key = [example, framework, mode, ...[...changed].sort()].join('-')
  const first = remembered(key, () => makeFiles(source, join(folder, key)))
  const change = templateChanges[version]
  if (!change) return first
  return remembered(`${key}-v${version}`, async () => {
    const { files, ...rest } = await first
    return {
      ...rest,
      files: files.map((file) =>
        file.onExisting === 'skip' ? file : { ...file, text: change(file) },
      ),
    }
  })
}

function remembered(key: string, make: () => Promise<Generated>): Promise<Generated> {
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}

async function makeFiles(
  { example, framework, mode, changed }: Source,
  home: string,
): Promise<Generated> {
  const text = readFileSync(exampleSchema(example), 'utf8')
  const path = join(home, 'schema.prisma')
  mkdirSync(home)
  writeFileSync(
    path,
    schemaChanges.reduce((now, change, at) => (changed.has(at) ? change(now) : now), text),
  )
  const config = configOf(withDefaults({ schema: path, framework, mode }, {}), folder)
  const last = phases.findIndex(({ id }) => id === 'render')
  const input = { root: join(folder, 'app'), config, dryRun: true, force: false }
  const { state } = await new PhaseRunner<RunState>(phases.slice(0, last + 1), []).run({
    input,
    lock: null,
    previous: null,
    chosen: [],
  })
  const { rendered, schema } = state as RunState
  return { files: await Promise.all(rendered.map(format)), schema, config }
}

/** Formatting takes most of the time, and most files are the same every time. */
async function format(file: RenderedFile): Promise<RenderedFile> {
  const key = `${file.path}\0${file.text}`
  const text = formatted.get(key) ?? (await formatFiles([file], 1))[0]!.text
  formatted.set(key, text)
  return { ...file, text }
}

/** Changes of any schema, each of which can be made and taken back beside the others. */
export const schemaChanges: readonly ((text: string) => string)[] = [
  (text) => text.replace(/^model \w+ \{\n.*\n/m, '$&  extraNote String?\n'),
  (text) => text.replace(/^(model [^]*?^model \w+ \{\n.*\n)/m, '$1  extraCount Int @default(0)\n'),
  (text) =>
    `${text}\nmodel Invoice {\n  id Int @id @default(autoincrement())\n  number String @unique\n}\n`,
  (text) => text.replace(/^ +\w+ +String\?\n/m, ''),
  (text) => text.replace(/^model /m, '/// Told anew.\nmodel '),
  (text) => text.replace(/^(model (?:[^}]|\n)*?)^ +createdAt .*\n/m, '$1'),
]

type TemplateChange = (file: RenderedFile) => string

const inTypeScript = (path: string): boolean => path.endsWith('.ts')

/** What later versions of the templates might print: lines that come, go and change, settings too. */
const templateChanges: Readonly<Record<number, TemplateChange>> = {
  1: ({ path, text }) => {
    if (inTypeScript(path)) return text.replace(/^export .*$/m, '// New in version 1.\n$&')
    if (path === 'package.json') return text.replace('"cors"', '"added": "1.0.0",\n    "cors"')
    if (path === '.env.example') return `${text}\n# New in version 1.\nADDED=1\n`
    return text.replace(/^# .*$/m, '$& (version 1)')
  },
  2: ({ path, text }) => {
    if (inTypeScript(path))
      return text
        .replace(/^(import .*\n)+/m, "$&import { added } from './added.js'\n")
        .replace(/^( +return .*)$/m, '$1 // Changed in version 2.')
        .replace(/^\/\*\*.*\*\/\n/m, '')
    if (path.endsWith('.json'))
      return text.replaceAll(/("(?:zod|target|printWidth|build)": )("[^"]*"|\d+)/g, '$1"version 2"')
    if (path === '.env.example') return text.replace('PORT=3000', 'PORT=4000')
    return `${text}# Version 2.\n`
  },
}
