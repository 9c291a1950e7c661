/** Characters that HFS+ leaves out when it compares names. */
const IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g

/** A name as the file systems see it that are least exact: they leave out such characters, and dots and spaces at the end. */
const looseName = (name: string): string =>
  name
    .replaceAll(IGNORED, '')
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '')
    .toLowerCase()

/** True for a name by which some file system finds the folder of git; `git~1` is its short name on NTFS. */
const isGit = (name: string): boolean => /^(?:\.git|git~\d+)$/.test(looseName(name))

/** True for a path that stays in the app and out of git's own folders, whoever wrote it down. */
export const isInside = (path: unknown): path is string =>
  typeof path === 'string' &&
  !/[\\\0]/.test(path) &&
  path
    .split('/')
    .every((name) => !['', '.', '..'].includes(name) && !name.includes(':') && !isGit(name))

/** True for a path that a plugin may write, too: what the tool and package managers keep is theirs. */
export const isForPlugins = (path: string): boolean =>
  isInside(path) &&
  !/^(?:\.ssot|ssot~\d+|node_modules|node_m~\d+)$/.test(looseName(path.split('/')[0]!))
