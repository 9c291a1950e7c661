import { describe, expect, it } from 'vitest'
import type { PluginContribution } from '../kit/index.js'
import { mergeContributions, type PackContribution } from './contribute.js'

const VERSIONS = { zod: '4.0.0', pg: '8.0.0' }
const pack = (id: string, contribution: PluginContribution): PackContribution => ({
  pack: id,
  folder: `templates/${id}`,
  contribution,
})
const plugin = (id: string, contribution: PluginContribution): PackContribution => ({
  ...pack(id, contribution),
  folder: `/app/ssot/plugins/${id}`,
  variable: id,
})
const index = (id: string) => [{ path: `src/plugins/${id}/index.ts`, template: 'index.ts' }]

describe('contributions together', () => {
  it('are sorted, each once, whatever the order of packs and plugins', () => {
    const list = [
      pack('base', {
        dependencies: ['zod'],
        devDependencies: ['pg', 'zod'],
        slots: { 'app.endpoints': ['...b', '...a'] },
      }),
      plugin('mail', {
        files: index('mail'),
        dependencies: { nodemailer: '7.0.0', zod: '4.0.0' },
        slots: { 'app.endpoints': ['...mail.endpoints', '...a'], 'server.stop': ['mail.stop()'] },
      }),
    ]
    const merged = mergeContributions(list, VERSIONS)
    expect(merged).toEqual(mergeContributions(list.toReversed(), VERSIONS))
    expect(merged).toMatchObject({
      dependencies: { nodemailer: '7.0.0', zod: '4.0.0' },
      devDependencies: { pg: '8.0.0' },
      slots: { 'app.endpoints': ['...a', '...b', '...mail.endpoints'], 'app.imports': [] },
      filledBy: { 'app.endpoints': ['mail'], 'server.stop': ['mail'], 'server.start': [] },
    })
  })

  it('import a plugin by its name only where it has the file for that', () => {
    const slots = { 'app.imports': ["import { x } from './x.js'"], 'app.endpoints': ['x'] }
    expect(mergeContributions([plugin('bare', { slots })], VERSIONS).filledBy).toMatchObject({
      'app.endpoints': [],
    })
  })

  it.each([
    [
      'two packs of ours disagree',
      [pack('a', { scripts: { dev: 'x' } }), pack('b', { scripts: { dev: 'y' } })],
      'Error',
      "The script 'dev' has one meaning in the pack 'a' and another in the pack 'b'.",
    ],
    [
      'a plugin disagrees with a pack',
      [pack('a', { scripts: { dev: 'x' } }), plugin('p', { scripts: { dev: 'y' } })],
      'UserError',
      "The script 'dev' has one meaning in the pack 'a' and another in the plugin 'p'.",
    ],
    [
      'a plugin wants another version than the pinned one',
      [pack('a', { dependencies: ['zod'] }), plugin('p', { dependencies: { zod: '3.0.0' } })],
      'UserError',
      "The package 'zod' has one meaning in the pack 'a' and another in the plugin 'p'.",
    ],
    [
      'a pack of ours names a package that is not pinned',
      [pack('a', { dependencies: ['left-pad'] })],
      'Error',
      "The package 'left-pad' of the pack 'a' has no version: this tool pins none for it.",
    ],
  ])('are refused where %s', (_, list, name, message) => {
    expect(() => mergeContributions(list, VERSIONS)).toThrow(
      expect.objectContaining({ name, message }),
    )
  })
})
