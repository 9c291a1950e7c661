import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { repo } from './repo.js'
import { once } from './once.js'

/** Before any file runs: the bins under test are those of this source, and nobody builds while a test runs them. */
export default async function setup(): Promise<void> {
  await once('build', () =>
    promisify(execFile)(process.execPath, [join(repo, 'scripts', 'build.mjs')], { cwd: repo }),
  )
}
