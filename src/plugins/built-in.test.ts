import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { options } from '../options.js'
import { packageRoot } from '../root.js'
import { builtInNames, builtInOf } from './built-in.js'
import { checkPlugin } from './check.js'

describe('the plugins that come with this tool', () => {
  it('are those of the folder plugins/, each with a README, and can be named by --plugins', async () => {
    const folder = join(packageRoot(), 'plugins')
    const names = (await readdir(folder)).sort()
    expect(names).toEqual([...builtInNames].sort())
    expect(names).toEqual([...options.plugins.known].sort())
    for (const name of names) expect(existsSync(join(folder, name, 'README.md'))).toBe(true)
  })

  it.each(builtInNames)(
    '%s is sound, and is looked at in every run only where the schema may ask for it',
    async (name) => {
      const { load, activates } = builtInOf(name)!
      const { plugin } = await load()
      expect(checkPlugin({ plugin }, name, name).id).toBe(name)
      expect(activates === true).toBe(plugin.shouldActivate !== undefined)
    },
  )
})
