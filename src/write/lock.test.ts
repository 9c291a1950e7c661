import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, utimes, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { lockApp } from './lock.js'

let root: string
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'ssot-lock-'))))

const path = () => join(root, '.ssot/lock')
async function leave(holder: object | string, ageMs = 0): Promise<void> {
  await mkdir(join(root, '.ssot'))
  await writeFile(path(), typeof holder === 'string' ? holder : JSON.stringify(holder))
  const time = new Date(Date.now() - ageMs)
  await utimes(path(), time, time)
}
const alive = { pid: process.ppid, host: hostname(), token: 'theirs' }

describe('lockApp', () => {
  it('lets one in at a time, and leaves nothing behind', async () => {
    const lock = await lockApp(root)
    await expect(lockApp(root)).rejects.toThrow(
      `Another run is at work on this app (process ${process.pid}`,
    )
    await lock.confirm()
    await lock.release()
    expect(existsSync(join(root, '.ssot'))).toBe(false)
    await (await lockApp(root)).release()
  })

  it('lets one of many in that come at once', async () => {
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => lockApp(root)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it.each([
    ['a process that is gone', { ...alive, pid: 999_999_999 }, 0],
    ['a process that gives no sign any more', alive, 60_000],
    ['another machine that gives no sign any more', { ...alive, host: 'elsewhere' }, 60_000],
    ['a crash while it was written', '{"pid":', 0],
  ])('takes over from %s', async (_, holder, age) => {
    await leave(holder, age)
    const lock = await lockApp(root)
    await lock.confirm()
    await lock.release()
    expect(existsSync(path())).toBe(false)
  })

  it.each([
    ['a process that is at work', alive],
    ['another machine', { ...alive, pid: 999_999_999, host: 'elsewhere' }],
  ])('is refused by %s', async (_, holder) => {
    await leave(holder)
    await expect(lockApp(root)).rejects.toThrow('Another run is at work')
    expect(existsSync(path())).toBe(true)
  })

  it('waits for one that is writing it right now', async () => {
    await leave('')
    const second = lockApp(root)
    await writeFile(path(), JSON.stringify(alive))
    await expect(second).rejects.toThrow(`process ${process.ppid}`)
  })

  it('notices that another run took over, and leaves that its lock', async () => {
    const lock = await lockApp(root)
    await writeFile(path(), JSON.stringify(alive))
    await expect(lock.confirm()).rejects.toThrow(`process ${process.ppid}`)
    await lock.release()
    expect(existsSync(path())).toBe(true)
  })
})
