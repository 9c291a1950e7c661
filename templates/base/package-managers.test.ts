import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { commandsOf } from '../../src/kit/index.js'
import { options } from '../../src/options.js'
import { installScripts, packageManagerFiles } from './package-managers.js'

const UNNEEDED = ['@prisma/engines', '@scarf/scarf', 'esbuild']

describe('what a package manager is told', () => {
  it.each([
    ['npm', [], { allowScripts: Object.fromEntries(UNNEEDED.map((name) => [name, false])) }],
    ['pnpm', ['pnpm-workspace.yaml'], {}],
    [
      'yarn',
      ['.yarnrc', '.yarnrc.yml'],
      { dependenciesMeta: Object.fromEntries(UNNEEDED.map((name) => [name, { built: false }])) },
    ],
    ['bun', [], { trustedDependencies: [] }],
  ] as const)('keeps install scripts from running with %s', (name, files, members) => {
    expect(packageManagerFiles(name).map(({ path }) => path)).toEqual(files)
    expect(installScripts(name)).toEqual(members)
  })

  it.each(options.pm.choices)('lies in files that go into an image, with %s', (name) => {
    const copied = commandsOf(name).lockfile.split(' ')
    for (const { path, template } of packageManagerFiles(name)) {
      expect(copied).toContain(path)
      const source = fileURLToPath(new URL(`files/${template}`, import.meta.url))
      expect([source, `${source}.hbs`].some((file) => existsSync(file))).toBe(true)
    }
  })
})

describe.skipIf(process.platform === 'win32')('an image for Yarn', () => {
  /** The programs that a command would have run. */
  function programs(command: string, lockFile: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'ssot-yarn-'))
    try {
      writeFileSync(join(folder, 'yarn.lock'), lockFile)
      const stubs = 'yarn() { echo "yarn $*"; }; npm() { echo "npm $*"; }'
      const shell = ['-c', `${stubs}; ${command}`]
      return execFileSync('sh', shell, { cwd: folder, encoding: 'utf8' }).trim()
    } finally {
      rmSync(folder, { recursive: true })
    }
  }

  it.each([
    [
      'Yarn 1',
      '# yarn lockfile v1\n\n\nzod@4.6.7:\n  version "4.6.7"\n',
      '',
      'yarn install --frozen-lockfile --production --ignore-scripts',
    ],
    [
      'Yarn 4',
      '# This file is generated\n\n__metadata:\n  version: 10\n',
      'npm install --global --force @yarnpkg/cli-dist@4',
      'yarn workspaces focus --production',
    ],
  ])('uses the one that wrote the lock file: %s', (_, lockFile, bootstrap, production) => {
    const commands = commandsOf('yarn')
    expect(programs(commands.bootstrap ?? '', lockFile)).toBe(bootstrap)
    expect(programs(commands.installProduction, lockFile)).toBe(production)
  })
})
