import { mkdir, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { run } from '../support/process.js'
import { repo } from '../support/repo.js'

/**
 * A Node of another major version, from its npm package for this platform.
 * @returns a PATH that finds it first
 * @throws Error with npm's output when it cannot be installed
 */
export async function pathWithNode(major: number): Promise<string> {
  if (Number(process.versions.node.split('.')[0]) === major)
    return [dirname(process.execPath), process.env['PATH']].join(delimiter)
  const folder = join(repo, 'node_modules', '.cache', 'nodes', String(major))
  const platform = process.platform === 'win32' ? 'win' : process.platform
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), '{"private":true}')
  const name = `node-${platform}-${process.arch}`
  const ended = await run(['npm', 'install', '--no-audit', '--no-fund', `${name}@${major}`], {
    cwd: folder,
  })
  if (ended.code !== 0) throw new Error(ended.output)
  return [join(folder, 'node_modules', name, 'bin'), process.env['PATH']].join(delimiter)
}
