import { describe, expect, it, vi } from 'vitest'
import type { Config } from '../config.js'
import { definePlugin } from '../kit/index.js'
import type { Schema } from '../schema/model.js'
import { schemaOf } from '../../test/support/schema-of.js'
import { activatePlugins, choosePlugins } from './choose.js'

const mailer = definePlugin({
  id: 'mailer',
  category: 'email',
  description: 'Comes where a model asks for it',
  options: { from: { kind: 'text', value: '<address>', hint: 'Sender' } },
  conflicts: ['quiet'],
  shouldActivate: (schema: Schema) =>
    schema.models.some(({ annotations }) =>
      annotations.services.some(({ provider }) => provider === 'SendGrid'),
    ),
  contribute: () => ({}),
})
const quiet = definePlugin({ ...mailer, id: 'quiet', conflicts: [], shouldActivate: undefined })
const loadQuiet = vi.fn<() => Promise<{ plugin: typeof quiet }>>(async () => ({ plugin: quiet }))

vi.mock(import('./built-in.js'), async () => {
  const builtIn = {
    mailer: { load: async () => ({ plugin: mailer }), activates: true },
    quiet: { load: () => loadQuiet() },
  }
  return {
    builtIn,
    builtInNames: Object.keys(builtIn),
    builtInOf: (name: string) => builtIn[name as keyof typeof builtIn],
  } as never
})

const config = (plugins: readonly string[], pluginOptions = {}): Config =>
  ({ plugins, pluginOptions }) as unknown as Config
const asking = '/// @@service(SendGrid)\nmodel Order {\n  id Int @id\n}'
const silent = 'model Order {\n  id Int @id\n}'

const active = async (models: string, choice: Config): Promise<[string, unknown][]> => {
  const chosen = await choosePlugins('/nowhere', choice)
  const all = await activatePlugins(chosen, await schemaOf(models), choice, '/nowhere')
  return all.map(({ plugin, why }) => [plugin.id, why])
}

describe('a built-in plugin', () => {
  it('comes where the schema asks for it, and takes the options that are given for it', async () => {
    const choice = config([], { mailer: { from: 'a@b.c' } })
    expect(await active(asking, choice)).toEqual([['mailer', 'schema']])
  })

  it('stays away where the schema does not, and options for it are refused', async () => {
    expect(await active(silent, config([]))).toEqual([])
    await expect(active(silent, config([], { mailer: {} }))).rejects.toThrow(
      "There are options for 'mailer', which is not among the plugins of this app.",
    )
  })

  it('is there once where it is chosen as well', async () => {
    expect(await active(asking, config(['mailer']))).toEqual([['mailer', 'chosen']])
  })

  it('is refused beside one that it excludes, also where the schema asks for it', async () => {
    await expect(active(asking, config(['quiet']))).rejects.toThrow(
      "The plugins 'mailer' and 'quiet' can't be there at the same time.",
    )
  })

  it('is not loaded where nobody chose it and the schema can not ask for it', async () => {
    loadQuiet.mockClear()
    await active(asking, config([]))
    expect(loadQuiet).not.toHaveBeenCalled()
  })
})
