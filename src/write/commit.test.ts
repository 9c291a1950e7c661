import { existsSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { sha256 } from '../sha256.js'
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

describe('commit beside other runs', () => {
  it('refuses a file that was edited since its change was decided, and writes nothing', async () => {
    await writeFile(join(folder, 'a'), 'edited')
    await writeFile(join(folder, 'b'), 'old')
    const changes = [
      { path: 'a', content: 'new', was: 'old' },
      { path: 'b', content: 'new', was: 'old' },
      { path: 'c', content: 'new', was: null },
    ]
    await expect(commit(folder, changes, options)).rejects.toThrow(
      'Edited while the run was at work',
    )
    expect(await tree(folder)).toEqual(['a', 'b'])
    expect(await readFile(join(folder, 'b'), 'utf8')).toBe('old')
  })

  it('leaves what another run made in a new folder, and says so', async () => {
    const root = join(folder, 'deep/app')
    const first = commit(root, [{ path: 'a', content: 'first' }], options)
    const second = commit(root, [{ path: 'a', content: 'second' }], options)
    const results = await Promise.allSettled([first, second])
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await tree(folder)).toEqual(['deep', join('deep/app'), join('deep/app/a')])
  })

  it('takes away the stage of a run that was killed, and no other', async () => {
    const dead = `.app.ssot-${hostname().replaceAll(/[^\w-]/g, '_')}-999999999`
    const alive = dead.replace(/\d+$/, String(process.ppid))
    await mkdir(join(folder, dead, 'src'), { recursive: true })
    await mkdir(join(folder, alive))
    await commit(join(folder, 'app'), [{ path: 'a', content: 'a' }], options)
    expect(await tree(folder)).toEqual([alive, 'app', join('app/a')].sort())
  })

  it.skipIf(process.platform === 'win32')('refuses to go through a symbolic link', async () => {
    await mkdir(join(folder, 'elsewhere'))
    await mkdir(join(folder, 'app'))
    await symlink(join(folder, 'elsewhere'), join(folder, 'app/src'))
    const changes = [{ path: 'src/a', content: 'a' }]
    await expect(commit(join(folder, 'app'), changes, options)).rejects.toThrow('symbolic link')
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([])
  })
})

describe('recover', () => {
  const put = async (files: Record<string, string>): Promise<void> => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
  }
  const entry = (path: string, from: string | null, removes = false) => ({
    path,
    removes,
    from: from === null ? null : sha256(from),
  })
  const read = (path: string) => readFile(join(folder, path), 'utf8')

  it('finishes a run that crashed after its journal was written', async () => {
    const entries = [entry('a', 'old a'), entry('b', 'old b'), entry('c', 'old c', true)]
    await put({
      a: 'new a, moved before the crash',
      b: 'old b',
      c: 'old c',
      '.ssot/stage/b': 'new b',
      '.ssot/journal.json': JSON.stringify({ entries }),
    })
    expect(await recover(folder)).toBe(true)
    expect(await tree(folder)).toEqual(['.ssot', 'a', 'b'])
    expect(await read('b')).toBe('new b')
  })

  it('keeps what was edited after the crash, with its base, so that the next run merges it', async () => {
    const entries = [
      entry('.ssot/generation.json', 'old manifest'),
      entry('.ssot/base/a.base', 'old a'),
      entry('.ssot/base/b.base', 'old b'),
      entry('a', 'old a'),
      entry('b', 'old b'),
      entry('c', 'old c', true),
      entry('d', null),
    ]
    const old = {
      '.ssot/generation.json': 'old manifest',
      '.ssot/base/a.base': 'old a',
      '.ssot/base/b.base': 'old b',
      b: 'old b',
    }
    const edited = { a: 'edited a', c: 'edited c', d: 'made by the user' }
    const staged = [...Object.keys(old), 'a', 'd'].map((path) => [`.ssot/stage/${path}`, 'new'])
    await put({ ...old, ...edited, ...Object.fromEntries(staged) })
    await put({ '.ssot/journal.json': JSON.stringify({ entries }) })
    expect(await recover(folder)).toBe(true)
    const texts = await Promise.all(Object.keys({ ...old, ...edited }).map(read))
    expect(texts).toEqual([
      ...['old manifest', 'old a', 'new', 'new'],
      ...['edited a', 'edited c', 'made by the user'],
    ])
    expect(existsSync(join(folder, '.ssot/stage'))).toBe(false)
  })

  it('throws away what was staged without a journal', async () => {
    await put({ '.ssot/stage/b': 'half' })
    expect(await recover(folder)).toBe(false)
    expect(existsSync(join(folder, '.ssot/stage'))).toBe(false)
  })

  it.each([
    ['../outside', 'names the path'],
    ['/etc/passwd', 'names the path'],
    ['.git/config', 'names the path'],
    ['a/../../b', 'names the path'],
  ])('refuses a journal that somebody wrote %s into', async (path, why) => {
    await put({ '.ssot/journal.json': JSON.stringify({ entries: [entry(path, null)] }) })
    await expect(recover(folder)).rejects.toThrow(why)
  })

  it('refuses a journal that is broken', async () => {
    await put({ '.ssot/journal.json': '{"ent' })
    await expect(recover(folder)).rejects.toThrow('it is not JSON')
  })
})
