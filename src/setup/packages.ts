import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runCommand, type RunOptions } from './run.js'

/**
 * Installs packages in a folder that is thrown away later. No install script runs.
 * @param packages exact versions by name
 * @throws CommandError when npm fails
 */
export async function installPackages(
  packages: Readonly<Record<string, string>>,
  options: RunOptions,
): Promise<void> {
  const manifest = { private: true, dependencies: packages }
  await writeFile(join(options.cwd, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
  await runCommand(['npm', 'install', ...flags], options)
}
