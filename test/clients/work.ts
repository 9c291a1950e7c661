import { copyFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installedFolder } from '../support/installed.js'
import { run, type Ended } from '../support/process.js'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The linters and generators. They bring hundreds of packages, so they are not among our own. */
export async function toolFolder(): Promise<string> {
  const manifest = await readFile(here('package.json'), 'utf8')
  // openapi-typescript asks for TypeScript 5, and works with 6.
  return installedFolder('clients', manifest, '--ignore-scripts', '--legacy-peer-deps')
}

/** Lays out a folder in which the tools run on a document. */
export async function workFolder(root: string, document: string): Promise<void> {
  await mkdir(root)
  await writeFile(join(root, 'openapi.json'), document)
  await copyFile(here('package.json'), join(root, 'package.json'))
  for (const name of await readdir(here('files')))
    await copyFile(here(`files/${name}`), join(root, name))
  await symlink(join(await toolFolder(), 'node_modules'), join(root, 'node_modules'), 'junction')
}

/** Runs a script of the work folder. */
export const runScript = (cwd: string, name: string, ...args: readonly string[]): Promise<Ended> =>
  run([process.execPath, '--import', 'tsx', name, ...args], { cwd })
