import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../templates/base/files/src/db/postgresql/folder-lock.js'

describe('lockFolder', () => {
  let root: string
  let folder: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ssot-lock-'))
    folder = join(root, 'pglite')
  })
  afterEach(() => rmSync(root, { recursive: true }))

  it('lets one in at a time and says who is in', () => {
    const unlock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(`is open in process ${process.pid}.`)
    unlock()
    expect(existsSync(`${folder}.lock`)).toBe(false)
    lockFolder(folder)()
  })

  it('keeps out while another process lives', () => {
    writeFileSync(`${folder}.lock`, `${process.ppid} 0`)
    expect(() => lockFolder(folder)).toThrow(`is open in process ${process.ppid}.`)
  })

  it.each([
    ['a process that is gone', '999999999 0'],
    ['an earlier run that had the same id, as in a container', `${process.pid} 1000`],
    ['a crash while it was written', ''],
  ])('takes over the lock of %s', (_, content) => {
    writeFileSync(`${folder}.lock`, content)
    const unlock = lockFolder(folder)
    expect(readFileSync(`${folder}.lock`, 'utf8')).toMatch(new RegExp(`^${process.pid} \\d+$`))
    unlock()
  })
})
