import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { parseTarGzip } from 'nanotar'
import { expect, it } from 'vitest'
import { packageRoot } from '../root.js'
import { packPackage } from './pack.js'

it('packs what npm would pack', async () => {
  const { stdout } = await promisify(execFile)(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['pack', '--dry-run', '--json', '--ignore-scripts'],
    { cwd: packageRoot(), shell: process.platform === 'win32', maxBuffer: 64 * 1024 * 1024 },
  )
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
  const ours = await parseTarGzip(await packPackage())
  const paths = (list: readonly string[]): string[] =>
    list.filter((path) => !path.startsWith('dist/')).sort()
  expect(paths(ours.map(({ name }) => name.replace(/^package\//, '')))).toEqual(
    paths(files.map(({ path }) => path)),
  )
})
