import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  checkOptions,
  configOf,
  exampleSchema,
  mergeGiven,
  readEnvironment,
  sources,
  withDefaults,
} from './config.js'
import { options } from './options.js'
import { packageRoot } from './root.js'

describe('precedence', () => {
  it('takes the strongest source for each option, and the defaults for the rest', () => {
    const given = mergeGiven([{ mode: 'layered' }, { mode: 'registry', framework: 'fastify' }])
    expect(withDefaults(given, {})).toMatchObject({
      mode: 'layered',
      framework: 'fastify',
      ui: 'none',
      setup: true,
    })
  })

  it('takes each option of a plugin from the strongest source that gives it', () => {
    const given = mergeGiven([
      { pluginOptions: { a: { x: 1 } } },
      { pluginOptions: { a: { x: 2, y: 2 }, b: { z: 2 } } },
    ])
    expect(given).toEqual({ pluginOptions: { a: { x: 1, y: 2 }, b: { z: 2 } } })
  })

  it('lets a schema of a stronger source silence an example of a weaker one', () => {
    expect(mergeGiven([{ schema: 'a.prisma' }, { example: 'blog', pm: 'bun' }])).toEqual({
      schema: 'a.prisma',
      pm: 'bun',
    })
  })

  it.each([
    ['pnpm/10.1.0 npm/? node/v22.0.0 linux x64', 'pnpm'],
    ['yarn/1.22.22 npm/? node/v20.19.0 linux x64', 'yarn'],
    ['something/1.0', 'npm'],
    [undefined, 'npm'],
  ])('takes the package manager from who called: %s', (npm_config_user_agent, pm) => {
    expect(withDefaults({}, { npm_config_user_agent }).pm).toBe(pm)
  })

  it('reads switches and numbers from the environment', () => {
    const env = {
      SSOT_FORMAT_CODE: 'false',
      SSOT_WRITE_CONCURRENCY: '3',
      SSOT_FORMAT_CONCURRENCY: '',
    }
    expect(readEnvironment(env)).toEqual({ format: false, concurrency: 3 })
  })
})

describe('checks name the option, the source and what would do', () => {
  it.each([
    [
      { framework: 'koa' },
      sources.flags,
      "--framework: 'koa' is not known.",
      ['Known: express, fastify.'],
    ],
    [
      { plugins: 'usage-tracker' },
      sources.file,
      "'plugins' in ssot.config.ts needs a list of names.",
      [],
    ],
    [
      { pluginOptions: { 'usage-tracker': 30 } },
      sources.file,
      "'pluginOptions' in ssot.config.ts needs an object of objects: options by plugin.",
      [],
    ],
    [{ ui: 'next' }, sources.flags, "--ui: 'next' is not in this version.", ['Available: none.']],
    [
      { yes: true },
      sources.file,
      "'yes' in ssot.config.ts concerns one run only.",
      ['Give it on the command line: --yes.'],
    ],
    [
      { format: 'no' },
      sources.environment,
      "SSOT_FORMAT_CODE: 'no' is neither true nor false.",
      [],
    ],
    [
      { concurrency: 1.5 },
      sources.flags,
      "--concurrency: '1.5' is not a whole number from 1 to 512.",
      [],
    ],
    [{ dir: '' }, sources.flags, '--dir needs a text that is not empty.', []],
  ])('%j', (values, source, message, remedies) => {
    expect(() => checkOptions(values, source)).toThrow(
      expect.objectContaining({ message, remedies }),
    )
  })

  it('offers the nearest names for an unknown option', () => {
    expect(() => checkOptions({ framwork: 'express' }, sources.file)).toThrow(
      expect.objectContaining({
        message: "ssot.config.ts has no option 'framwork'.",
        remedies: [
          'Did you mean framework?',
          'Known: schema, framework, mode, plugins, pluginOptions, ui, pm, format.',
        ],
      }),
    )
  })
})

describe('the resolved config', () => {
  it('holds absolute paths, and the example where one is used', () => {
    const own = configOf(withDefaults({ schema: 'prisma' }, {}), packageRoot())
    expect(own).toMatchObject({
      schema: join(packageRoot(), 'prisma'),
      example: null,
      database: null,
    })
    const example = configOf(
      withDefaults({ example: 'blog', database: 'mysql' }, {}),
      packageRoot(),
    )
    expect(example).toMatchObject({
      schema: exampleSchema('blog'),
      example: 'blog',
      database: 'mysql',
    })
  })

  it('knows the examples that are there', async () => {
    const folders = await readdir(join(packageRoot(), 'examples'))
    expect([...options.example.choices].sort()).toEqual(folders.sort())
    for (const name of options.example.choices) expect(existsSync(exampleSchema(name))).toBe(true)
  })
})
