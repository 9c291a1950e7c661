import { mkdtempSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { takeSnapshot } from './snapshot.js'

let root: string
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'ssot-snapshot-'))))

function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}

describe('takeSnapshot', () => {
  it('reads files and their bases', () => {
    put('src/a.ts', 'ours')
    put('.ssot/base/src/a.ts.base', 'base')
    expect(takeSnapshot(root, ['src/a.ts', 'src/b.ts', 'src/a.ts/c.ts'], null)).toEqual(
      new Map([
        ['src/a.ts', { ours: 'ours', base: 'base', stored: 'base' }],
        ['src/b.ts', { ours: null, base: null, stored: null }],
        ['src/a.ts/c.ts', { ours: null, base: null, stored: null }],
      ]),
    )
  })

  it('reads files of any length, and each as far as it goes', () => {
    const texts = [0, 1, 65_535, 65_536, 65_537, 300_000, 3].map((length) => 'ä1'.repeat(length))
    texts.forEach((text, index) => put(`${index}.txt`, text))
    const paths = texts.map((_, index) => `${index}.txt`)
    const snapshot = takeSnapshot(root, paths, null)
    expect(paths.map((path) => snapshot.get(path)?.ours)).toEqual(texts)
  })

  it('knows nothing of a folder that is not there', () => {
    const snapshot = takeSnapshot(join(root, 'app'), ['a.ts'], null)
    expect(snapshot).toEqual(new Map([['a.ts', { ours: null, base: null, stored: null }]]))
  })

  it('refuses a text that it could not write again as it was', () => {
    put('a.ts', Buffer.from('// Gr\u00fc\u00dfe', 'latin1'))
    expect(() => takeSnapshot(root, ['a.ts'], null)).toThrow("'a.ts' is not encoded in UTF-8.")
  })

  it
    .skipIf(process.platform === 'win32')
    .each(['src', 'src/deep', 'src/deep/a.ts', '.ssot/base/src'])(
    'refuses a link at %s',
    (path) => {
      mkdirSync(join(root, dirname(path)), { recursive: true })
      symlinkSync(tmpdir(), join(root, path))
      expect(() => takeSnapshot(root, ['src/deep/a.ts'], null)).toThrow(
        `'${path}' is a symbolic link`,
      )
    },
  )
})
