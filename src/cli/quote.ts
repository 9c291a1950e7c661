import { isAbsolute, relative } from 'node:path'

/** Quotes a word for the shell people paste commands into: POSIX, or cmd and PowerShell on Windows. */
export function shellQuote(word: string, platform = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  if (platform === 'win32')
    return /^[\w\\:,./@+=-]+$/.test(word) ? word : `"${word.replaceAll('"', '""')}"`
  return `'${word.replaceAll("'", "'\\''")}'`
}

/** A whole command line, each word quoted where it has to be. */
export const shellCommand = (words: readonly string[]): string =>
  words.map((word) => shellQuote(word)).join(' ')

/** A path as one would type it in a folder: relative where it lies below. */
export function shownPath(path: string, folder: string): string {
  const near = isAbsolute(path) ? relative(folder, path) : path
  return near === '' || near.startsWith('..') || isAbsolute(near) ? path : near
}
