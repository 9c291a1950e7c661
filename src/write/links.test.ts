import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { commit } from './commit.js'
import { whileLocked } from './exclusive.js'

const FOLDERS = ['.ssot', '.ssot/tool', '.ssot/base', '.ssot/stage', '.ssot/what-comes-next']
const FILES = ['lock', 'journal.json', 'report.json', 'generation.json'].map((it) => `.ssot/${it}`)

let folder: string
let app: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssot-links-'))
  app = join(folder, 'app')
  await mkdir(app)
  await mkdir(join(folder, 'elsewhere'))
  await writeFile(join(folder, 'elsewhere', 'file'), 'theirs')
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

const tree = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).sort()

/** Puts a link to what is not the app's in a place of the app. */
async function link(path: string, target: string): Promise<void> {
  if (path !== '.ssot') await mkdir(join(app, '.ssot'), { recursive: true })
  await symlink(join(folder, 'elsewhere', target), join(app, path))
}

describe.skipIf(process.platform === 'win32')('a symbolic link in .ssot', () => {
  it.each([...FOLDERS.map((path) => [path, '']), ...FILES.map((path) => [path, 'file'])])(
    'at %s is refused before anything is written, and the app is not stuck',
    async (path = '', target = '') => {
      await link(path, target)
      const before = await tree()
      const run = (): Promise<string> => whileLocked(app, async () => 'done')
      await expect(run()).rejects.toThrow(`'${path}' is a symbolic link`)
      expect(await tree()).toEqual(before)
      await rm(join(app, path))
      expect(await run()).toBe('done')
    },
  )

  it.each(['.ssot/tool/tool.tgz', '.ssot/base/src/a.base', 'src/a', 'src/deep/a'])(
    'or elsewhere on the way to %s is refused without a journal',
    async (path) => {
      const parent = path.split('/').slice(0, -1).join('/')
      await mkdir(join(app, parent, '..'), { recursive: true })
      await symlink(join(folder, 'elsewhere'), join(app, parent))
      const before = await tree()
      const write = () => commit(app, [{ path, content: 'a' }], { concurrency: 1 })
      await expect(write()).rejects.toThrow(`'${parent}' is a symbolic link`)
      expect(await tree()).toEqual(before)
      await rm(join(app, parent))
      await write()
      expect(existsSync(join(app, path))).toBe(true)
    },
  )
})
