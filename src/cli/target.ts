import { constants, existsSync, statSync } from 'node:fs'
import { access, mkdtemp, readdir, rmdir } from 'node:fs/promises'
import { basename, delimiter, dirname, join, relative } from 'node:path'
import { UserError } from '../errors.js'
import { nearest } from '../nearest.js'

/** Entries that may lie in a folder for a new app. */
const HARMLESS = new Set(['.git', '.gitkeep', '.DS_Store', 'Thumbs.db'])

/**
 * Checks that an app can be made in a folder, before anything is written.
 * @throws UserError when it is a file, can't be written to, or holds other things and `force` is not set
 */
export async function checkTarget(
  root: string,
  how: { force: boolean; probe: boolean },
): Promise<void> {
  const existing = nearestExisting(root)
  if (!statSync(existing).isDirectory())
    throw new UserError(
      `${existing} is a file, so no app can be made ${existing === root ? 'there' : 'below it'}.`,
      ['Choose another folder.'],
    )
  if (existing === root) await checkEmpty(root, how.force)
  await checkWritable(existing, how.probe)
}

async function checkEmpty(root: string, force: boolean): Promise<void> {
  const entries = (await readdir(root)).filter((name) => !HARMLESS.has(name))
  if (entries.length === 0) return
  if (existsSync(join(root, '.ssot', 'generation.json')))
    throw new UserError(`${root} already holds an app.`, [
      'To bring it up to date, run there: npx ssot generate',
    ])
  if (force) return
  const shown =
    entries.slice(0, 5).join(', ') + (entries.length > 5 ? `, and ${entries.length - 5} more` : '')
  throw new UserError(`${root} is not empty: it holds ${shown}.`, [
    'Choose another folder, or empty this one.',
    'Or add the app to it with --force: files that are there stay as they are, and one in the way is refused.',
  ])
}

async function checkWritable(folder: string, probe: boolean): Promise<void> {
  try {
    await access(folder, constants.W_OK | constants.X_OK)
    // Permissions don't tell everything (root, network drives, /proc): try it.
    if (probe) await rmdir(await mkdtemp(join(folder, '.ssot-probe-')))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC')
      throw new UserError(
        `The disk that holds ${folder} is full.`,
        ['Free some space, or choose another disk.'],
        { cause },
      )
    throw new UserError(
      `${folder} cannot be written to.`,
      ['Choose another folder, or change its permissions.'],
      { cause },
    )
  }
}

/** @returns the folder itself where it exists, else the closest one above it that does */
export function nearestExisting(path: string): string {
  let folder = path
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  return folder
}

/** Removes the folders that a run which failed has made; what holds anything stays. */
export async function removeEmptyFolders(root: string, existing: string): Promise<void> {
  for (
    let folder = root;
    folder !== existing && folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    const removed = await rmdir(folder).then(
      () => true,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    )
    if (!removed) return
  }
}

/**
 * @throws UserError when there is no such schema, with names that are close to it
 */
export async function checkSchema(path: string, cwd: string): Promise<void> {
  if (existsSync(path)) return
  const shown = relative(cwd, path) || path
  const siblings = await readdir(dirname(path)).catch((): string[] => [])
  const close = nearest(
    basename(path),
    siblings.filter((name) => name.endsWith('.prisma') || !name.includes('.')),
  )
  throw new UserError(`--schema: there is no ${shown}.`, [
    ...(close.length > 0 ? [`Did you mean ${close.join(', ')}?`] : []),
    'Give a .prisma file or a folder of them, or start from an example: --example <name>.',
  ])
}

/**
 * @throws UserError when the package manager can't be found
 */
export function checkProgram(name: string, env: NodeJS.ProcessEnv): void {
  const extensions = process.platform === 'win32' ? ['.cmd', '.exe', '.bat', ''] : ['']
  const found = (env['PATH'] ?? env['Path'] ?? '')
    .split(delimiter)
    .some((folder) => extensions.some((extension) => existsSync(join(folder, name + extension))))
  if (found) return
  throw new UserError(`--pm: ${name} is not installed.`, [
    `Install it, choose another with --pm, or leave set-up out with --no-setup.`,
  ])
}
