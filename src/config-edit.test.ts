import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { editConfig, type ConfigEdit } from './config-edit.js'
import { evaluateConfig } from './config-file.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssot-config-edit-'))
  await writeFile(join(folder, 'shared.ts'), "export const shared = { mode: 'layered' as const }\n")
})
afterAll(() => rm(folder, { recursive: true }))

const edit = (text: string | null, ...edits: ConfigEdit[]): Promise<string> =>
  editConfig(text, edits, (script) => evaluateConfig(script, folder))

const set = (option: string, value: Extract<ConfigEdit, { kind: 'set' }>['value']): ConfigEdit => ({
  kind: 'set',
  option,
  value,
})
const add = (element: string): ConfigEdit => ({ kind: 'add', option: 'plugins', element })
const remove = (element: string): ConfigEdit => ({ kind: 'remove', option: 'plugins', element })

const IMPORT = "import { defineConfig } from 'create-ssot-app'\n\n"

const GENERATED = `${IMPORT}/** The choices this app is generated with. */
export default defineConfig({
  framework: 'express',
  mode: 'registry',
})
`

it.each<[string, string, ConfigEdit[], string]>([
  [
    'changes a value among others',
    GENERATED,
    [set('framework', 'fastify')],
    GENERATED.replace("'express'", "'fastify'"),
  ],
  [
    'changes several, and adds one that is not there at the end',
    GENERATED,
    [set('mode', 'layered'), set('format', false)],
    GENERATED.replace("'registry',", "'layered',\n  format: false,"),
  ],
  [
    'adds an object, each name quoted where it has to be',
    GENERATED,
    [set('pluginOptions', { 'a-b': { text: "it's", list: ['x'], on: true }, c: {} })],
    GENERATED.replace(
      "'registry',",
      `'registry',\n  pluginOptions: { 'a-b': { text: "it's", list: ['x'], on: true }, c: {} },`,
    ),
  ],
  [
    'changes an object that is written down, whatever its layout',
    GENERATED.replace("'registry',", "'registry',\n  pluginOptions: {\n    a: { n: 1 },\n  },"),
    [set('pluginOptions', { a: { n: 2 } })],
    GENERATED.replace("'registry',", "'registry',\n  pluginOptions: { a: { n: 2 } },"),
  ],
  [
    'leaves phases, which are functions, as they are',
    GENERATED.replace("'registry',", "'registry',\n  phases: [{ run: () => 1 }],"),
    [add('a')],
    GENERATED.replace(
      "'registry',",
      "'registry',\n  phases: [{ run: () => 1 }],\n  plugins: ['a'],",
    ),
  ],
  [
    'adds a comma to a last line that had none',
    GENERATED.replace("'registry',", "'registry'"),
    [set('format', false)],
    GENERATED.replace("'registry',", "'registry',\n  format: false"),
  ],
  [
    'keeps comments, also behind the last option',
    `${IMPORT}export default defineConfig({\n  // why\n  mode: 'registry', // 24 folders are too many\n})\n`,
    [set('pm', 'pnpm')],
    `${IMPORT}export default defineConfig({\n  // why\n  mode: 'registry', // 24 folders are too many\n  pm: 'pnpm',\n})\n`,
  ],
  [
    'writes the quotes that it finds',
    'export default { mode: "registry" }\n',
    [set('mode', 'layered'), set('framework', 'fastify')],
    'export default { mode: "layered", framework: "fastify" }\n',
  ],
  [
    'knows an option by its quoted name',
    `export default { 'mode': "registry" }`,
    [set('mode', 'layered')],
    `export default { 'mode': "layered" }`,
  ],
  [
    'fills an object that is empty',
    `${IMPORT}export default defineConfig({})\n`,
    [set('mode', 'layered')],
    `${IMPORT}export default defineConfig({\n  mode: 'layered',\n})\n`,
  ],
  [
    'fills one that holds a comment alone',
    `export default {\n\t// nothing yet\n}\n`,
    [set('mode', 'layered')],
    `export default {\n\t// nothing yet\n\tmode: 'layered',\n}\n`,
  ],
  [
    'takes types for what they are',
    `${IMPORT}export default defineConfig({ mode: 'registry' as const } satisfies object)\n`,
    [set('mode', 'layered')],
    `${IMPORT}export default defineConfig({ mode: 'layered' as const } satisfies object)\n`,
  ],
  [
    'takes a plain object with its type',
    "import type { AppConfig } from 'create-ssot-app'\nexport default { mode: 'registry' } satisfies AppConfig\n",
    [set('mode', 'layered')],
    "import type { AppConfig } from 'create-ssot-app'\nexport default { mode: 'layered' } satisfies AppConfig\n",
  ],
  [
    'follows the name of a constant',
    `${IMPORT}const config = { mode: 'registry' } as const\nexport default defineConfig(config)\n`,
    [set('mode', 'layered')],
    `${IMPORT}const config = { mode: 'layered' } as const\nexport default defineConfig(config)\n`,
  ],
  [
    'keeps Windows line ends and a byte order mark',
    `\uFEFF${GENERATED.replaceAll('\n', '\r\n')}`,
    [set('pm', 'pnpm')],
    `\uFEFF${GENERATED.replace("'registry',", "'registry',\n  pm: 'pnpm',").replaceAll('\n', '\r\n')}`,
  ],
  [
    'counts letters beyond the first plane',
    `export default { /* 𝒳 é 😀 */ mode: 'registry' }`,
    [set('mode', 'layered')],
    `export default { /* 𝒳 é 😀 */ mode: 'layered' }`,
  ],
  [
    'escapes what a text holds',
    "export default { schema: 'a' }",
    [set('schema', `it's a \\ "b"`)],
    `export default { schema: 'it\\'s a \\\\ "b"' }`,
  ],
  [
    'changes an option that stands after a spread',
    "import { shared } from './shared.js'\nexport default { ...shared, framework: 'express' }\n",
    [set('framework', 'fastify')],
    "import { shared } from './shared.js'\nexport default { ...shared, framework: 'fastify' }\n",
  ],
  ['adds a list', 'export default {}', [add('jwt')], "export default {\n  plugins: ['jwt'],\n}"],
  [
    'adds to a list',
    "export default { plugins: ['jwt'] }",
    [add('stripe'), add('jwt')],
    "export default { plugins: ['jwt', 'stripe'] }",
  ],
  [
    'adds to an empty list',
    'export default { plugins: [] }',
    [add('stripe')],
    "export default { plugins: ['stripe'] }",
  ],
  [
    'adds to a list of lines',
    "export default {\n  plugins: [\n    'jwt', // sign in\n  ],\n}\n",
    [add('stripe')],
    "export default {\n  plugins: [\n    'jwt', // sign in\n    'stripe',\n  ],\n}\n",
  ],
  [
    'removes from a list: the only one, the first, the last',
    "export default { plugins: ['jwt'], mode: 'layered' }",
    [remove('jwt')],
    "export default { plugins: [], mode: 'layered' }",
  ],
  [
    'removes the first of a list',
    "export default { plugins: ['jwt', 's3', 'stripe'] }",
    [remove('jwt')],
    "export default { plugins: ['s3', 'stripe'] }",
  ],
  [
    'removes the last of a list of lines',
    "export default {\n  plugins: [\n    'jwt',\n    // pays\n    'stripe', // for now\n  ],\n}\n",
    [remove('stripe')],
    "export default {\n  plugins: [\n    'jwt',\n    // pays\n  ],\n}\n",
  ],
  [
    'takes an option out',
    GENERATED,
    [{ kind: 'unset', option: 'framework' }],
    GENERATED.replace("  framework: 'express',\n", ''),
  ],
  ['changes nothing where all is said', GENERATED, [set('mode', 'registry')], GENERATED],
])('%s', async (_, before, edits, after) => {
  expect(await edit(before, ...edits)).toBe(after)
})

it('writes a config where there is none', async () => {
  expect(await edit(null, set('mode', 'layered'))).toBe(
    `${IMPORT}export default defineConfig({\n  mode: 'layered',\n})\n`,
  )
})

it.each<[string, string, ConfigEdit, string]>([
  [
    'a computed value',
    "const mode = process.argv[99] ?? 'registry'\nexport default { mode }",
    set('mode', 'layered'),
    "mode: 'layered',",
  ],
  [
    'a choice',
    "export default { mode: Math.PI > 3 ? 'registry' : 'layered' }",
    set('mode', 'layered'),
    "mode: 'layered',",
  ],
  [
    'a value from a spread',
    "import { shared } from './shared.js'\nexport default { ...shared }",
    set('mode', 'registry'),
    "mode: 'registry',",
  ],
  [
    'a spread that wins over the option',
    "import { shared } from './shared.js'\nexport default { mode: 'layered', ...shared }",
    set('mode', 'registry'),
    "mode: 'registry',",
  ],
  [
    'an object that a function returns',
    "const make = () => ({ mode: 'registry' })\nexport default make()",
    set('mode', 'layered'),
    "mode: 'layered',",
  ],
  [
    'an object that is changed later',
    "const config = { mode: 'registry' }\nconfig.mode = 'registry'\nexport default config",
    set('mode', 'layered'),
    "mode: 'layered',",
  ],
  [
    'a list that is put together',
    "const more = ['jwt']\nexport default { plugins: [...more] }",
    remove('jwt'),
    'plugins: [],',
  ],
  [
    'an object that holds a computed value',
    'const n = 1\nexport default { pluginOptions: { a: { n } } }',
    set('pluginOptions', { a: { n: 2 } }),
    'pluginOptions: { a: { n: 2 } },',
  ],
])('refuses %s, and says what to write', async (_, text, change, byHand) => {
  await expect(edit(text, change)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining("can't be changed in ssot.config.ts safely"),
    remedies: [`Write by hand: ${byHand}`, 'Then run: ssot generate'],
  })
})
