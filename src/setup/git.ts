import { runCommand, type RunOptions } from './run.js'

/** Who commits where git knows nobody: better than an app without its first commit. */
const NOBODY = ['-c', 'user.name=create-ssot-app', '-c', 'user.email=create-ssot-app@localhost']

/** @returns why there is nothing to do for git here, or null */
export async function gitHindrance(options: RunOptions): Promise<string | null> {
  try {
    await runCommand(['git', '--version'], options)
  } catch {
    options.signal.throwIfAborted()
    return 'git is not installed'
  }
  try {
    await runCommand(['git', 'rev-parse', '--is-inside-work-tree'], options)
    return 'the folder is inside a repository'
  } catch {
    options.signal.throwIfAborted()
    return null
  }
}

/** Makes a repository with one commit of everything. Signing and hooks are off: both may ask or refuse. */
export async function makeRepository(options: RunOptions): Promise<void> {
  await runCommand(['git', 'init', '--quiet'], options)
  await runCommand(['git', 'add', '--all'], options)
  const known = await runCommand(['git', 'config', 'user.email'], options).then(
    () => true,
    () => false,
  )
  options.signal.throwIfAborted()
  const identity = known ? [] : NOBODY
  await runCommand(
    [
      'git',
      ...identity,
      '-c',
      'commit.gpgsign=false',
      'commit',
      '--quiet',
      '--no-verify',
      '--message',
      'Create the app',
    ],
    options,
  )
}

/**
 * Which of some files hold changes that git does not have; none where there is no repository or no git.
 * @param paths POSIX, relative to the folder
 */
export async function unsavedIn(
  paths: readonly string[],
  options: Omit<RunOptions, 'onLine'>,
): Promise<string[]> {
  const changed = new Set<string>()
  const list = ['ls-files', '--modified', '--others', '--exclude-standard']
  try {
    await runCommand(['git', '-c', 'core.quotePath=false', ...list], {
      ...options,
      onLine: (line) => void changed.add(line),
    })
  } catch {
    options.signal.throwIfAborted()
    return []
  }
  return paths.filter((path) => changed.has(path))
}
