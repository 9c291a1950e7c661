import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { canMount, emptyFolder, patchedWrites, run, tree } from './run.js'

const whole = ['app', '--example', 'minimal', '--no-setup']
const deep = ['deep/er/app', '--example', 'minimal', '--no-setup']

/** Calls back once, a little after the first file of the app has come to the disk. */
function watch(folder: string) {
  let called = false
  return {
    async whenWriting(then: () => void): Promise<void> {
      if (called) return
      called = true
      while ((await tree(folder)).length < 6) await sleep(10)
      then()
    },
  }
}

/** What is left on disk, whatever happens. */
export function disk(): void {
  describe('what is there stays as it is', () => {
    it('refuses a folder that is not empty, with choices', async () => {
      const cwd = await emptyFolder()
      await mkdir(join(cwd, 'app'))
      await writeFile(join(cwd, 'app', 'mine.txt'), 'mine')
      const ended = await run(whole, { cwd })
      expect(ended.code).toBe(2)
      expect(ended.stderr).toMatch(
        /not empty: it holds mine\.txt[\s\S]*another folder[\s\S]*--force/,
      )
      expect(await tree(cwd)).toEqual(['app', 'app/mine.txt'])
    })

    it('adds the app to it with --force', async () => {
      const cwd = await emptyFolder()
      await mkdir(join(cwd, 'app'))
      await writeFile(join(cwd, 'app', 'mine.txt'), 'mine')
      expect(await run([...whole, '--force'], { cwd })).toMatchObject({ code: 0 })
      expect(await readFile(join(cwd, 'app', 'mine.txt'), 'utf8')).toBe('mine')
      expect(existsSync(join(cwd, 'app', 'package.json'))).toBe(true)
    })

    it('refuses with --force too when a file is in the way', async () => {
      const cwd = await emptyFolder()
      await mkdir(join(cwd, 'app'))
      await writeFile(join(cwd, 'app', 'package.json'), '{}')
      const ended = await run([...whole, '--force'], { cwd })
      expect({ ...ended, left: await tree(cwd) }).toMatchObject({
        code: 2,
        left: ['app', 'app/package.json'],
      })
      expect(ended.stderr).toContain('package.json')
      expect(await readFile(join(cwd, 'app', 'package.json'), 'utf8')).toBe('{}')
    })

    it('takes a folder that holds an empty repository', async () => {
      const cwd = await emptyFolder()
      await mkdir(join(cwd, 'app', '.git'), { recursive: true })
      expect(await run(whole, { cwd })).toMatchObject({ code: 0 })
    })

    it('refuses a folder below a file', async () => {
      const cwd = await emptyFolder()
      await writeFile(join(cwd, 'file'), 'text')
      const ended = await run(['file/app', '--yes'], { cwd })
      expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 2, left: ['file'] })
      expect(ended.stderr).toContain('is a file')
    })

    it.runIf(process.platform === 'linux')(
      'refuses a folder that cannot be written to',
      async () => {
        const ended = await run(['/proc/app', '--yes'], { cwd: await emptyFolder() })
        expect(ended.code).toBe(2)
        expect(ended.stderr).toContain('/proc cannot be written to')
      },
    )

    it('writes nothing in a dry run, and prints what it would', async () => {
      const cwd = await emptyFolder()
      const ended = await run(['deep/app', '--example', 'minimal', '--dry-run'], { cwd })
      expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 0, left: [] })
      expect(ended.stdout).toMatch(/^create {3}package\.json$/m)
      expect(ended.stdout).toContain('Nothing was written.')
    })
  })

  describe('a run that cannot be finished', () => {
    it('leaves nothing when a wrong schema is refused', async () => {
      const cwd = await emptyFolder()
      await writeFile(
        join(cwd, 'my.prisma'),
        'datasource db {\n  provider = "sqlite"\n}\nmodel A {\n  id Strin @id\n}\n',
      )
      const ended = await run(['app', '--schema', 'my.prisma'], { cwd })
      expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 2, left: ['my.prisma'] })
      expect(ended.stderr).toMatch(/Strin[\s\S]*my\.prisma:5/)
    })

    it('leaves nothing when Ctrl-C comes while it writes, and ends with 130', async () => {
      const cwd = await emptyFolder()
      const env = await patchedWrites('await new Promise((go) => setTimeout(go, 50))')
      const watched = watch(cwd)
      const ended = await run([...deep, '--concurrency', '1', '--verbose'], {
        cwd,
        env,
        onStderr: (_, child) => void watched.whenWriting(() => child.kill('SIGINT')),
      })
      expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 130, left: [] })
      expect(ended.stderr).toContain('Stopped')
    })

    it.each(['ENOSPC', 'EROFS', 'EIO'])('leaves nothing when the disk says %s', async (code) => {
      const cwd = await emptyFolder()
      const env = await patchedWrites(
        `if ((globalThis.written = (globalThis.written ?? 0) + 1) > 10)
          throw Object.assign(new Error('${code}: write'), { code: '${code}' })`,
      )
      const ended = await run(deep, { cwd, env })
      expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 1, left: [] })
      expect(ended.stderr).toContain(code)
    })

    it.runIf(canMount())('leaves nothing on a disk that is full', async () => {
      const cwd = await emptyFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', cwd])
      try {
        const ended = await run(deep, { cwd })
        expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 1, left: [] })
        expect(ended.stderr).toContain('The disk is full.')
      } finally {
        execFileSync('umount', [cwd])
      }
    })

    it.runIf(canMount())('is refused on a read-only file system', async () => {
      const cwd = await emptyFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', cwd])
      try {
        expect(await run(deep, { cwd })).toMatchObject({
          code: 2,
          stderr: expect.stringContaining('cannot be written to'),
        })
      } finally {
        execFileSync('umount', [cwd])
      }
    })
  })
}
