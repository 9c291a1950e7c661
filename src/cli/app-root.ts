import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { CONFIG_FILE } from '../config-file.js'
import { UserError } from '../errors.js'

/**
 * @returns the app that a folder is, or is part of
 * @throws UserError where there is none
 */
export function findApp(cwd: string): string {
  const root = findRoot(cwd)
  if (root !== null) return root
  throw new UserError(`${cwd} is not in an app: there is no ${CONFIG_FILE} here or above.`, [
    'Go to the folder of an app, or make one: npx create-ssot-app <dir>.',
  ])
}

/** @returns the app that a folder is, or is part of; null where there is none */
export function findRoot(cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (
      existsSync(join(folder, CONFIG_FILE)) ||
      existsSync(join(folder, '.ssot', 'generation.json'))
    )
      return folder
    if (folder === dirname(folder)) return null
  }
}
