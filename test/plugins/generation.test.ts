import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PluginApp } from './plugin-app.js'

let app: PluginApp
beforeEach(() => void (app = new PluginApp()))
afterEach(() => app.remove())

/** A plugin with an endpoint, a table and an option. */
const GREETER = `
  options: { words: { kind: 'text', value: '<text>', default: 'hello', hint: 'What it says' } },
  contribute: (app, { words }) => ({
    files: [render('src/plugins/greeter/index.ts', { words })],
    slots: { 'app.endpoints': ['...greeter.endpoints'], 'server.start': ['greeter.start()'] },
    schema: 'model Greeting {\\n id Int @id\\n}',
  }),`
const FILES = { 'src/plugins/greeter/index.ts.hbs': `export const words = '{{words}}'\n` }

describe('a plugin of the app itself', () => {
  it('gets its options, and adds files, lines and tables; without it nothing is left of it', async () => {
    await app.generate({})
    const before = app.tree()
    app.plugin('greeter', GREETER, FILES)
    const given = { plugins: ['greeter'], pluginOptions: { greeter: { words: 'good day' } } }
    await app.generate(given)
    expect(app.read('src/plugins/greeter/index.ts')).toBe("export const words = 'good day'\n")
    expect(app.read('src/plugins/index.ts')).toContain(
      "export * as greeter from './greeter/index.js'\n",
    )
    expect(app.read('src/app.ts')).toContain('      ...greeter.endpoints,\n')
    expect(app.read('src/server.ts')).toContain('await greeter.start()\n')
    expect(app.read('prisma/greeter.prisma')).toBe(
      '// Tables of the plugin greeter, written by `ssot generate`: the API has no routes for them.\n\nmodel Greeting {\n  id Int @id\n}\n',
    )
    expect(app.read('ssot.config.ts')).toMatch(
      /plugins: \['greeter'\],\s+pluginOptions: \{ greeter: \{ words: 'good day' \} \},/,
    )
    expect(await app.generate(given)).toMatchObject({ unchanged: true, schema: { models: 1 } })
    await app.generate({})
    const after = app.tree()
    for (const path of Object.keys(after)) if (path.startsWith('ssot/plugins/')) delete after[path]
    expect(after).toEqual(before)
  })

  it('is generated anew when its code or a file of it changes', async () => {
    app.plugin('greeter', GREETER, FILES)
    await app.generate({ plugins: ['greeter'] })
    app.plugin('greeter', GREETER.replace("'hello'", "'hi'"), FILES)
    await app.generate({ plugins: ['greeter'] })
    expect(app.read('src/plugins/greeter/index.ts')).toContain("'hi'")
    app.write('ssot/plugins/greeter/files/src/plugins/greeter/index.ts.hbs', '// {{words}}\n')
    await app.generate({ plugins: ['greeter'] })
    expect(app.read('src/plugins/greeter/index.ts')).toBe('// hi\n')
  })

  it('leaves a file that was edited, and names it, when it goes', async () => {
    app.plugin('greeter', GREETER, FILES)
    await app.generate({ plugins: ['greeter'] })
    app.write('src/plugins/greeter/index.ts', "export const words = 'mine'\n")
    const { orphans } = await app.generate({})
    expect(orphans).toEqual(['src/plugins/greeter/index.ts'])
    expect(app.read('src/plugins/greeter/index.ts')).toBe("export const words = 'mine'\n")
    expect(app.has('prisma/greeter.prisma')).toBe(false)
  })

  it('leaves tables that were edited out of the API, when it is gone', async () => {
    app.plugin('greeter', GREETER, FILES)
    await app.generate({ plugins: ['greeter'] })
    const text = app.read('prisma/greeter.prisma')
    app.write('prisma/greeter.prisma', text.replace('id Int @id', 'id Int @id\n  mine String?'))
    await app.generate({})
    expect(app.has('prisma/greeter.prisma')).toBe(true)
    expect((await app.generate({})).schema.models).toBe(1)
    expect(app.has('src/models/greeting/index.ts')).toBe(false)
  })
})

describe('models that a plugin gives to the user', () => {
  const GIVES = `
  models: (schema) => schema.models.some((model) => model.name === 'User')
    ? null
    : { file: 'user.prisma', content: 'model User {\\n  id Int @id\\n}\\n' },`

  it("are written once and served, and are the user's from then on", async () => {
    app.plugin('giver', GIVES)
    await app.generate({ plugins: ['giver'] })
    expect(app.has('src/models/user/index.ts')).toBe(true)
    expect(await app.generate({ plugins: ['giver'] })).toMatchObject({ unchanged: true })
    app.write('prisma/user.prisma', 'model User {\n  id Int @id\n  email String @unique\n}\n')
    await app.generate({ plugins: ['giver'] })
    expect(app.read('prisma/user.prisma')).toContain('email')
    expect(app.read('src/models/user/user.dto.ts')).toContain('email')
    await app.generate({})
    expect(app.has('src/models/user/index.ts')).toBe(true)
  })

  it('are not written where the user has such a model', async () => {
    app.remove()
    app = new PluginApp(`${app.schema}\nmodel User {\n  id String @id\n}\n`)
    app.plugin('giver', GIVES)
    await app.generate({ plugins: ['giver'] })
    expect(app.has('prisma/user.prisma')).toBe(false)
  })

  it('are asked for when they are deleted', async () => {
    app.plugin('giver', GIVES)
    await app.generate({ plugins: ['giver'] })
    app.delete('prisma/user.prisma')
    await expect(app.generate({ plugins: ['giver'] })).rejects.toMatchObject({
      message:
        "The plugin 'giver' needs a model of prisma/user.prisma, which is gone from the schema.",
    })
  })
})

const OUT = 'Change the plugin, or take it out: ssot remove one.'

describe('plugins together', () => {
  it('bring along those that they need, and say so', async () => {
    app.plugin('one', "requires: ['two'],")
    app.plugin('two', "requires: ['three'],")
    app.plugin('three', '')
    const { notices } = await app.generate({ plugins: ['one'] })
    const told = notices.filter(({ code }) => code === 'plugin')
    expect(told.map(({ message }) => message)).toEqual([
      'The plugin two comes along: one needs it.',
      'The plugin three comes along: two needs it.',
    ])
    expect(app.read('ssot.config.ts')).toContain("plugins: ['one', 'two', 'three'],")
    expect(await app.generate({ plugins: ['one', 'two', 'three'] })).toMatchObject({
      unchanged: true,
    })
  })

  it.each([
    [
      'one needs another that is nowhere',
      { one: "requires: ['too'],", two: '' },
      ["The plugin 'one' needs 'too'. There is no plugin 'too'.", 'Did you mean two?'],
    ],
    [
      'one excludes another',
      { one: "conflicts: ['two'],", two: '' },
      ["The plugins 'one' and 'two' can't be there at the same time.", 'Choose one of them.'],
    ],
    [
      'two write one file',
      {
        one: "contribute: () => ({ files: [copy('src/x.ts')] }),",
        two: "contribute: () => ({ files: [copy('src/X.ts')] }),",
      },
      ["'src/X.ts' is planned twice: by the plugin 'one' and by the plugin 'two'.", OUT],
    ],
    [
      'two have a table of one name',
      {
        one: "contribute: () => ({ schema: 'model A {\\n id Int @id\\n}' }),",
        two: "contribute: () => ({ schema: 'enum A {\\n B\\n}' }),",
      },
      [
        "The plugin 'two' has a model or enum A, and so has the plugin 'one'.",
        'Rename yours, or take the plugin out: ssot remove two.',
      ],
    ],
    [
      'two want a package in two versions',
      {
        one: "contribute: () => ({ dependencies: { x: '1.0.0' } }),",
        two: "contribute: () => ({ dependencies: { x: '2.0.0' } }),",
      },
      ["The package 'x' has one meaning in the plugin 'one' and another in the plugin 'two'.", OUT],
    ],
  ])('are refused where %s', async (_, plugins, [message, remedy]) => {
    for (const [id, fields] of Object.entries(plugins)) app.plugin(id, fields)
    const before = app.tree()
    await expect(app.generate({ plugins: Object.keys(plugins) })).rejects.toMatchObject({
      name: 'UserError',
      message,
      remedies: expect.arrayContaining([remedy]),
    })
    expect(app.tree()).toEqual(before)
  })
})

describe('a plugin that will not do is named, and nothing is written', () => {
  it.each([
    ['throws when it is loaded', "x: (() => { throw new Error('on fire') })(),", 'on fire'],
    [
      'throws when it contributes',
      "contribute: () => { throw new Error('on fire') },",
      "The plugin 'bad' (ssot/plugins/bad/plugin.ts) failed in contribute: on fire",
    ],
    [
      'throws when it gives models',
      "models: () => { throw new Error('on fire') },",
      "The plugin 'bad' (ssot/plugins/bad/plugin.ts) failed in models: on fire",
    ],
    ['is not what its folder says', "id: 'good',", "ssot/plugins/bad/plugin.ts has the id 'good'."],
    [
      'has a key that is unknown',
      'contributes: () => ({}),',
      'The plugin \'bad\' (ssot/plugins/bad/plugin.ts) is no plugin: Unrecognized key: "contributes".',
    ],
    [
      'has an option that is a flag of the command',
      "options: { json: { kind: 'switch', hint: 'x' } },",
      'Not one of dryRun, help, json',
    ],
    [
      'has a category of its own',
      "category: 'mine',",
      "The plugin 'bad' (ssot/plugins/bad/plugin.ts) is no plugin: category: Invalid option",
    ],
    [
      'fills a slot that is not there',
      "contribute: () => ({ slots: { 'app.endpoint': ['x'] } }),",
      'What the plugin \'bad\' contributes is not right: slots: Unrecognized key: "app.endpoint".',
    ],
    [
      'contributes no object',
      'contribute: () => undefined,',
      "What the plugin 'bad' contributes is not right: Invalid input: expected object, received undefined.",
    ],
    [
      'writes outside of the app',
      "contribute: () => ({ files: [copy('../x.ts')] }),",
      "'../x.ts' of the plugin 'bad' is not a path inside the app.",
    ],
    [
      'writes into the folder of git',
      "contribute: () => ({ files: [copy('.git/hooks/pre-commit')] }),",
      "'.git/hooks/pre-commit' of the plugin 'bad' is not a path inside the app.",
    ],
    [
      'writes a file of the app',
      "contribute: () => ({ files: [copy('src/app.ts')] }),",
      "'src/app.ts' is planned twice: by the pack 'http-express' and by the plugin 'bad'.",
    ],
    [
      'has a table like a model of the user',
      "contribute: () => ({ schema: 'model Note {\\n id Int @id\\n}' }),",
      "The plugin 'bad' has a model or enum Note, and so has your schema (prisma/schema.prisma).",
    ],
    [
      'has a table that Prisma refuses',
      "contribute: () => ({ schema: 'model Other {\\n id Intt @id\\n}' }),",
      'Type "Intt" is neither a built-in type',
    ],
    [
      'has an endpoint in the place of a model',
      "contribute: () => ({ routes: [{ method: 'GET', path: '/api/notes/new', does: 'x' }] }),",
      "GET /api/notes/new of the plugin 'bad' is taken by the model Note.",
    ],
    [
      'means another thing by a variable',
      "contribute: () => ({ env: [{ name: 'PORT', description: 'x', example: '1', zod: 'z.string()' }] }),",
      "The variable 'PORT' has one meaning in the pack 'base' and another in the plugin 'bad'.",
    ],
    [
      'wants a package without a version',
      "contribute: () => ({ dependencies: ['left-pad'] }),",
      "The package 'left-pad' of the plugin 'bad' has no version: this tool pins none for it.",
    ],
    [
      'has a phase that goes nowhere',
      "phases: [{ after: 'plann', phase: { id: 'x', needs: [], provides: [], run: () => ({}) } }],",
      "The phase 'x' of the plugin 'bad' has no place: No phase 'plann'.",
    ],
    [
      'has a phase that is called like one of ours',
      "phases: [{ after: 'plan', phase: { id: 'merge', needs: [], provides: [], run: () => ({}) } }],",
      "The phase 'merge' of the plugin 'bad' has no place: There is a phase 'merge' already.",
    ],
  ])('that %s', async (_, fields, message) => {
    app.plugin('bad', fields)
    const before = app.tree()
    const error = await app.generate({ plugins: ['bad'] }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'UserError', message: expect.stringContaining(message) })
    expect(String(error)).toMatch(/bad/)
    expect(app.tree()).toEqual(before)
  })

  it.each([
    ['export default {}', "The plugin 'bad' (ssot/plugins/bad/plugin.ts) exports no plugin."],
    ['export const plugin = {', "The plugin 'bad' (ssot/plugins/bad/plugin.ts) can't be loaded:"],
    ["import 'nowhere'", "The plugin 'bad' (ssot/plugins/bad/plugin.ts) can't be loaded:"],
  ])('whose module is %s', async (text, message) => {
    app.write('ssot/plugins/bad/plugin.ts', text)
    await expect(app.generate({ plugins: ['bad'] })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(message),
    })
  })
})

describe('plugins and options that are not there', () => {
  it.each([
    [
      { plugins: ['usage-trackr'] },
      "There is no plugin 'usage-trackr'.",
      'Did you mean usage-tracker?',
    ],
    [
      { plugins: ['../evil'] },
      "There is no plugin '../evil'.",
      expect.stringMatching(/^Known: .*usage-tracker/),
    ],
    [
      { plugins: ['usage-tracker', 'usage-tracker'] },
      "The plugin 'usage-tracker' is named twice.",
      'Name it once in the list of plugins.',
    ],
    [
      { plugins: ['usage-tracker'], pluginOptions: { usagetracker: {} } },
      "There are options for 'usagetracker', which is not among the plugins of this app.",
      'Did you mean usage-tracker?',
    ],
    [
      { plugins: ['usage-tracker'], pluginOptions: { 'usage-tracker': { retentionDay: 1 } } },
      "The plugin 'usage-tracker' has no option 'retentionDay'.",
      'Did you mean retentionDays?',
    ],
  ])('%j', async (given, message, remedy) => {
    await expect(app.generate(given)).rejects.toMatchObject({
      name: 'UserError',
      message,
      remedies: expect.arrayContaining([remedy]),
    })
  })
})

describe('phases of others', () => {
  it('run where a plugin and the config put them', async () => {
    app.plugin(
      'stamper',
      `phases: [{
        after: 'format',
        phase: {
          id: 'stamp', needs: ['files'], provides: ['files'],
          run: ({ files }) => ({
            files: files.map((file) => file.path === 'src/log.ts' ? { ...file, text: '// stamped\\n' + file.text } : file),
          }),
        },
      }],`,
    )
    const seen: string[] = []
    const phase = {
      id: 'note-models',
      needs: ['app'],
      provides: [],
      run: ({ app: { models } }: { app: { models: readonly { name: string }[] } }) => {
        seen.push(...models.map(({ name }) => name))
        return {}
      },
    } as const
    await app.generate({})
    const { phases } = await app.generate(
      { plugins: ['stamper'] },
      { phases: [{ before: 'plan', phase: phase as never }] },
    )
    expect(app.read('src/log.ts')).toMatch(/^\/\/ stamped\n/)
    expect(seen).toEqual(['Note'])
    const order = phases.map((it) => it.phase)
    expect(order.indexOf('note-models')).toBe(order.indexOf('plan') - 1)
    expect(order.indexOf('stamp')).toBe(order.indexOf('format') + 1)
  })
})

describe('a plugin from a package', () => {
  const write = (version: string, fields = ''): void => {
    const folder = '../node_modules/@acme/ssot-notes'
    app.write(
      `${folder}/package.json`,
      JSON.stringify({ name: '@acme/ssot-notes', version, type: 'module', exports: './plugin.js' }),
    )
    app.write(
      `${folder}/plugin.js`,
      `export const plugin = { id: 'acme', category: 'other', description: 'x', options: {},
        contribute: () => ({ files: [{ path: 'src/plugins/acme/index.ts', template: 'index.ts' }] }), ${fields} }\n`,
    )
    app.write(`${folder}/files/index.ts`, 'export const acme = 1\n')
  }

  it('is found where the app would find it, and is one of its packages', async () => {
    write('1.2.3')
    await app.generate({ plugins: ['@acme/ssot-notes'] })
    expect(app.read('src/plugins/acme/index.ts')).toBe('export const acme = 1\n')
    expect(JSON.parse(app.read('package.json'))).toMatchObject({
      devDependencies: { '@acme/ssot-notes': '1.2.3' },
    })
    expect(app.read('ssot.config.ts')).toContain("plugins: ['@acme/ssot-notes'],")
  })

  it('keeps the version that the user asks for', async () => {
    write('1.2.3')
    await app.generate({ plugins: ['@acme/ssot-notes'] })
    app.write('package.json', app.read('package.json').replace('"1.2.3"', '"^1.0.0"'))
    write('1.3.0')
    const { changes } = await app.generate({ plugins: ['@acme/ssot-notes'] })
    expect(changes.filter(({ kind }) => kind !== 'keep')).toEqual([])
    expect(app.read('package.json')).toContain('"@acme/ssot-notes": "^1.0.0"')
  })

  it('must not take the id of one that is built in', async () => {
    write('1.0.0', "id: 'usage-tracker',")
    await expect(app.generate({ plugins: ['@acme/ssot-notes'] })).rejects.toThrow(
      "The package @acme/ssot-notes has the id of a built-in plugin: 'usage-tracker'.",
    )
  })
})
