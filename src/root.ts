import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

let found: string | undefined

/** Absolute path of this package: where `templates/` and `examples/` lie, from source and from `dist/` alike. */
export function packageRoot(): string {
  if (found) return found
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'templates', 'versions', 'package.json'))) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('The folder templates/ of create-ssot-app is missing.')
    folder = parent
  }
  return (found = folder)
}
