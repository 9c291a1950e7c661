import { describe, expect, it, vi } from 'vitest'
import { sha256 } from '../sha256.js'
import { refuseMarkers, versionsOf } from './merge.js'

const disk = (texts: Record<string, string>) => ({
  read: (path: string) => texts[path] ?? null,
  size: (path: string) => texts[path]?.length ?? null,
})
const output = (text: string) => ({
  id: 'base:a.ts',
  path: 'a.ts',
  import: null,
  pack: 'base',
  template: 'a.ts',
  sha256: sha256(text),
})
const BASE = '.ssot/base/a.ts.base'

describe('versionsOf', () => {
  it('reads the file and its base', () => {
    const read = disk({ 'a.ts': 'ours', [BASE]: 'base' })
    expect(versionsOf('a.ts', output('base'), read)).toEqual({
      ours: 'ours',
      base: 'base',
      stored: 'base',
    })
  })

  it('reads no base of an untouched file that has one of its size', () => {
    const texts = disk({ 'a.ts': 'same', [BASE]: 'same' })
    const read = vi.fn<(path: string) => string | null>(texts.read)
    expect(versionsOf('a.ts', output('same'), { ...texts, read })).toEqual({
      ours: 'same',
      base: 'same',
      stored: 'same',
    })
    expect(read).toHaveBeenCalledExactlyOnceWith('a.ts')
  })

  it('reads a base that is not of the size of the untouched file', () => {
    const cut = disk({ 'a.ts': 'same', [BASE]: 'sa' })
    expect(versionsOf('a.ts', output('same'), cut)).toEqual({
      ours: 'same',
      base: 'same',
      stored: 'sa',
    })
  })

  it('knows an untouched file by its fingerprint when the base is lost, in Windows line ends too', () => {
    const read = disk({ 'a.ts': 'one\r\ntwo\r\n' })
    expect(versionsOf('a.ts', output('one\ntwo\n'), read).base).toBe('one\r\ntwo\r\n')
    expect(versionsOf('a.ts', output('other'), read).base).toBeNull()
  })

  it('takes a file that was generated and is not there for deleted, with and without its base', () => {
    expect(versionsOf('a.ts', output('base'), disk({})).base).toBe('')
    expect(versionsOf('a.ts', output('base'), disk({ [BASE]: 'base' })).base).toBe('base')
  })

  it('makes a file again that was deleted after it was no longer generated', () => {
    expect(versionsOf('a.ts', undefined, disk({ [BASE]: 'base' })).base).toBeNull()
  })

  it('merges a file that was left behind with what is generated for it again', () => {
    const read = disk({ 'a.ts': 'ours', [BASE]: 'base' })
    expect(versionsOf('a.ts', undefined, read).base).toBe('base')
  })
})

describe('refuseMarkers', () => {
  const snapshot = (ours: string, base: string | null = null) =>
    new Map([['a.ts', { ours, base, stored: base }]])

  it.each(['<<<<<<< HEAD', '||||||| last generated', '>>>>>>> newly generated', '<<<<<<<'])(
    'names file and line of %s',
    (line) => {
      expect(() => refuseMarkers(snapshot(`one\r\n${line}\r\ntwo`))).toThrow('  a.ts:2')
    },
  )

  it.each([
    'Title\n=======\n',
    ' <<<<<<< a',
    '<<<<<<<<',
    'a <<<<<<< b',
    "const line = '<<<<<<< a'",
  ])('lets %j pass', (text) => {
    expect(() => refuseMarkers(snapshot(text))).not.toThrow()
  })

  it('lets a file pass that is as it was generated', () => {
    expect(() => refuseMarkers(snapshot('<<<<<<< a', '<<<<<<< a'))).not.toThrow()
  })
})
