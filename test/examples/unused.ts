import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run, type Ended } from '../support/process.js'
import { repo } from '../support/repo.js'

/** What starts something is used; all else must be reached from there. */
const config = {
  entry: [
    'src/server.ts',
    'src/db/migrate.ts',
    'src/**/*.custom.ts',
    // What people write in those is made with these.
    'src/http/access.ts',
    'src/http/custom.ts',
    'src/http/custom-types.ts',
    // Rules are written with these, and only some of them are used by the rules of one schema.
    'src/policies/claims.ts',
    'src/policies/rules.ts',
    'prisma/seed.ts',
    '*.config.ts',
    'test/**/*.test.ts',
    'test/support/global-setup.ts',
    'test/support/setup.ts',
  ],
  project: ['src/**/*.ts', 'test/**/*.ts', 'prisma/**/*.ts'],
  ignore: ['src/generated/**'],
  ignoreDependencies: [
    // Loaded by the generated client, and by the tool, which looks for them in the app.
    '@prisma/.+',
    // Found by its folder: the page is made of its files.
    'swagger-ui-dist',
  ],
}

/** Looks for files, exports and dependencies of an app that nothing uses. */
export async function findUnused(root: string): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'ssot-knip-'))
  const path = join(folder, 'knip.json')
  await writeFile(path, JSON.stringify(config))
  const program = join(repo, 'node_modules', 'knip', 'bin', 'knip.js')
  const flags = ['--directory', root, '--config', path, '--no-progress', '--no-config-hints']
  const ended = await run([process.execPath, program, ...flags], { cwd: root })
  await rm(folder, { recursive: true, force: true })
  return ended
}
