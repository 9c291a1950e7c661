import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyFolder, run } from './run.js'

/** Makes an app without set-up. @returns its folder */
export async function makeApp(...flags: readonly string[]): Promise<string> {
  const cwd = await emptyFolder()
  const ended = await run(['app', '--no-setup', ...flags], { cwd })
  if (ended.code !== 0) throw new Error(ended.stderr)
  return join(cwd, 'app')
}

/** @returns the folder of a copy of an app; the name of the folder is the same */
export async function copyOf(app: string): Promise<string> {
  const folder = join(await emptyFolder(), 'app')
  cpSync(app, folder, { recursive: true, preserveTimestamps: true })
  return folder
}

/** Changes a file of an app. @throws Error when nothing was changed */
export async function edit(
  app: string,
  path: string,
  change: (text: string) => string,
): Promise<void> {
  const text = await readFile(join(app, path), 'utf8')
  const changed = change(text)
  if (changed === text) throw new Error(`${path} is as it was.`)
  // As editors do it: a reader sees the old text or the new one.
  await writeFile(join(app, `${path}~`), changed)
  await rename(join(app, `${path}~`), join(app, path))
}

/** Every file of an app with its bytes, one per character; how long the last run took is left out. */
export function contents(app: string): Record<string, string> {
  const entries = readdirSync(app, { recursive: true, withFileTypes: true })
  const files: Record<string, string> = {}
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const name = path.slice(app.length + 1).replaceAll('\\', '/')
    if (name !== '.ssot/report.json')
      files[name] = entry.isFile() ? readFileSync(path, 'latin1') : 'folder'
  }
  return files
}
