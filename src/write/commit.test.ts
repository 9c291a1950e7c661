import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { commit } from './commit.js'
import { recover } from './journal.js'

let folder: string
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ssot-commit-'))))
const tree = async (root: string) => (await readdir(root, { recursive: true })).sort()
const options = { concurrency: 2 }

describe('commit', () => {
  it('makes a new folder with all files and leaves nothing beside it', async () => {
    await commit(join(folder, 'app'), [{ path: 'src/a.ts', content: 'a' }], options)
    expect(await tree(folder)).toEqual(['app', 'app/src', 'app/src/a.ts'].map((p) => join(p)))
  })

  it('leaves nothing of a new folder, parents included, when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('stopped'))
    const changes = [{ path: 'a', content: 'a' }]
    await expect(commit(join(folder, 'x/y/app'), changes, { ...options, signal })).rejects.toThrow(
      'stopped',
    )
    expect(await tree(folder)).toEqual([])
  })

  it('replaces, adds and deletes files of a folder that is there, and keeps modes', async () => {
    await mkdir(join(folder, 'old'))
    await writeFile(join(folder, 'old/gone.ts'), 'x')
    await writeFile(join(folder, 'run.sh'), 'old')
    await chmod(join(folder, 'run.sh'), 0o700)
    const changes = [
      { path: 'run.sh', content: 'new' },
      { path: 'new/b.ts', content: 'b' },
      { path: 'old/gone.ts', content: null },
    ]
    await commit(folder, changes, options)
    expect(await tree(folder)).toEqual(['.ssot', 'new', join('new/b.ts'), 'run.sh'])
    expect(await readFile(join(folder, 'run.sh'), 'utf8')).toBe('new')
    expect((await stat(join(folder, 'run.sh'))).mode & 0o777).toBe(0o700)
  })

  it('leaves an existing folder as it was when it is aborted', async () => {
    await writeFile(join(folder, 'a'), 'old')
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(
      commit(folder, [{ path: 'a', content: 'new' }], { ...options, signal }),
    ).rejects.toThrow('stopped')
    expect(await tree(folder)).toEqual(['a'])
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('old')
  })
})

describe('recover', () => {
  it('finishes a run that crashed after its journal was written', async () => {
    await mkdir(join(folder, '.ssot/stage'), { recursive: true })
    await writeFile(join(folder, '.ssot/stage/b'), 'new b')
    await writeFile(join(folder, 'a'), 'new a, moved before the crash')
    await writeFile(join(folder, 'c'), 'to go')
    await writeFile(
      join(folder, '.ssot/journal.json'),
      JSON.stringify({ put: ['a', 'b'], remove: ['c'] }),
    )
    expect(await recover(folder)).toBe(true)
    expect(await tree(folder)).toEqual(['.ssot', 'a', 'b'])
  })

  it('throws away what was staged without a journal', async () => {
    await mkdir(join(folder, '.ssot/stage'), { recursive: true })
    await writeFile(join(folder, '.ssot/stage/b'), 'half')
    expect(await recover(folder)).toBe(false)
    expect(existsSync(join(folder, '.ssot/stage'))).toBe(false)
  })
})
