import { createRequire } from 'node:module'
import { join } from 'node:path'
import { UserError } from '../errors.js'

/**
 * Loads a package that the app has installed: the tool has none of Prisma's heavy packages itself.
 * @throws UserError when it is not installed there
 */
export function loadFromApp<T>(root: string, name: string): T {
  return createRequire(join(root, 'package.json'))(resolveInApp(root, name)) as T
}

/**
 * Finds a package, or a file of one, that the app has installed.
 * @returns its absolute path
 * @throws UserError when it is not there
 */
export function resolveInApp(root: string, name: string): string {
  try {
    return createRequire(join(root, 'package.json')).resolve(name)
  } catch (cause) {
    throw new UserError(
      `Package '${name}' is not installed in ${root}.`,
      ['Install what package.json names (npm install) and try again.'],
      { cause },
    )
  }
}
