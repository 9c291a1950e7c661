import { describe, expect, it } from 'vitest'
import type { RenderedFile } from '../render/render.js'
import { sha256 } from '../sha256.js'
import { VERSION } from '../version.js'
import { formattedBefore } from './formatted-before.js'
import type { Manifest } from './manifest.js'

const PATH = 'src/post.ts'
const FORMATTED = 'const a = 1\n'
const file = { path: PATH } as RenderedFile

const manifest = (version = VERSION): Manifest =>
  ({
    generator: { name: 'create-ssot-app', version },
    outputs: [{ path: PATH, sha256: sha256(FORMATTED), printed: 'p' }],
  }) as unknown as Manifest

const stored = (text: string | null) => new Map([[PATH, { ours: null, base: null, stored: text }]])

describe('the formatted text of the last run', () => {
  it('is taken where the template printed the same', () => {
    expect(formattedBefore(manifest(), stored(FORMATTED))(file, 'p')).toBe(FORMATTED)
  })

  it('is taken with plain line ends, however it is stored', () => {
    const find = formattedBefore(manifest(), stored(FORMATTED.replace('\n', '\r\n')))
    expect(find(file, 'p')).toBe(FORMATTED)
  })

  it('is that of the file itself where nothing else is stored', () => {
    const snapshot = new Map([[PATH, { ours: FORMATTED, base: FORMATTED, stored: null }]])
    expect(formattedBefore(manifest(), snapshot)(file, 'p')).toBe(FORMATTED)
  })

  it.each([
    ['the template printed something else', manifest(), FORMATTED, 'q'],
    ['another version made it', manifest('0.0.1'), FORMATTED, 'p'],
    ['somebody changed the stored text', manifest(), 'const a = 2\n', 'p'],
    ['nothing is stored, and the file is gone', manifest(), null, 'p'],
    ['there was no last run', null, FORMATTED, 'p'],
  ])('is not taken where %s', (_, previous, text, printed) => {
    expect(formattedBefore(previous, stored(text))(file, printed)).toBeNull()
  })

  it('is not taken from a file that the user has edited', () => {
    const edited = 'const a = 3\n'
    const snapshot = new Map([[PATH, { ours: edited, base: null, stored: null }]])
    expect(formattedBefore(manifest(), snapshot)(file, 'p')).toBeNull()
  })
})
