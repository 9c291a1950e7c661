import { readFile, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** Paths below a folder, POSIX and sorted, without dependencies, git's own files and what a run leaves behind. */
export async function filesOf(root: string): Promise<string[]> {
  const walk = async (folder: string): Promise<string[]> => {
    const entries = await readdir(folder, { withFileTypes: true })
    const found = entries
      .filter(({ name }) => !LEFT_OUT.has(name))
      .map(async (entry) => {
        const path = join(folder, entry.name)
        return entry.isDirectory() ? walk(path) : [relative(root, path).replaceAll('\\', '/')]
      })
    return (await Promise.all(found)).flat()
  }
  return (await walk(root)).sort()
}

const LEFT_OUT = new Set(['node_modules', '.git', 'data', 'dist', 'generated', 'report.json'])

/** What `read` makes of every file, by its path. */
export async function mapFiles<T>(
  root: string,
  read: (path: string) => Promise<T>,
): Promise<Record<string, T>> {
  const paths = await filesOf(root)
  const values = await Promise.all(
    paths.map(async (path) => [path, await read(join(root, path))] as const),
  )
  return Object.fromEntries(values)
}

/** When each file was last written. */
export const timesOf = (root: string): Promise<Record<string, number>> =>
  mapFiles(root, async (path) => (await stat(path)).mtimeMs)

/** Content of each file, secrets of `.env` aside. */
export async function contentsOf(root: string): Promise<Record<string, string>> {
  const contents = await mapFiles(root, (path) => readFile(path, 'base64'))
  delete contents['.env']
  return contents
}

/** Lines of all files below a folder. */
export async function countLines(root: string): Promise<number> {
  const texts = await mapFiles(root, (path) => readFile(path, 'utf8'))
  return Object.values(texts).reduce((sum, text) => sum + text.trimEnd().split('\n').length, 0)
}
