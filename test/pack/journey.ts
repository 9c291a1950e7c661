import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run, type Ended } from '../support/process.js'
import { repo } from '../support/repo.js'
import { pathWithNode } from './node-versions.js'

/** Goes the way of a user who has the package and nothing else, under a version of Node. */
export function describePackage(major: number): void {
  describe(`the package under Node ${major}`, () => {
    let folder: string
    let PATH: string
    const at = (path: string, ...command: string[]): Promise<Ended> =>
      run(command, { cwd: join(folder, path), env: { PATH } })

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'ssot-pack-'))
      PATH = await pathWithNode(major)
    })
    afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

    it('is installed from its tarball in an empty folder', async () => {
      const packed = await run(['npm', 'pack', '--pack-destination', folder], { cwd: repo })
      expect(packed.code, packed.output).toBe(0)
      const names = await readdir(folder)
      const tarball = names.find((name) => name.endsWith('.tgz')) ?? ''
      await mkdir(join(folder, 'home'))
      await writeFile(join(folder, 'home', 'package.json'), '{"private":true}')
      const flags = ['--no-audit', '--no-fund', '--prefer-offline']
      const installed = await at('home', 'npm', 'install', ...flags, join('..', tarball))
      expect(installed.code, installed.output).toBe(0)
      expect(await at('home', 'node', '--version')).toMatchObject({
        output: expect.stringMatching(new RegExp(`^v${major}\\.`)),
      })
    })

    it('makes an app that is ready to run', async () => {
      const words = ['create-ssot-app', 'x', '--example', 'blog', '--yes']
      const ended = await at('home', 'npx', '--no', ...words)
      expect(ended.code, ended.output).toBe(0)
    })

    it('is what the app finds inside itself', async () => {
      const ended = await at(join('home', 'x'), 'npx', '--no', 'ssot', 'generate')
      expect(ended.code, ended.output).toBe(0)
      expect(ended.output).toContain('up to date')
    })

    it('adds a model by plop, and refuses a wrong word with its own exit code', async () => {
      const plop = (...words: string[]) =>
        at(join('home', 'x'), 'npx', '--no', 'plop', 'model', ...words)
      const wrong = await plop('Invoice', 'total:decimall')
      expect(wrong.code, wrong.output).toBe(2)
      expect(wrong.output).toContain('write: total:decimal')
      const ended = await plop('Invoice', 'number:string:unique', 'author:User', 'notes:string?')
      expect(ended.code, ended.output).toBe(0)
      expect(ended.output).toMatch(/Applied \d+_add_invoice/)
    })

    it('adds a plugin that comes with it, and one that plop begins', async () => {
      const inApp = (...words: string[]) => at(join('home', 'x'), 'npx', '--no', ...words)
      for (const words of [
        ['ssot', 'add', 'usage-tracker'],
        ['plop', 'plugin', 'hello'],
        ['ssot', 'add', 'hello'],
        ['tsc'],
      ]) {
        const ended = await inApp(...words)
        expect(ended.code, ended.output).toBe(0)
      }
    })

    it("passes the app's own tests", async () => {
      const ended = await at(join('home', 'x'), 'npm', 'test')
      expect(ended.code, ended.output).toBe(0)
    })
  })
}
