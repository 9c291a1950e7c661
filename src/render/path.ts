import { resolve } from 'node:path'
import { packageRoot } from '../root.js'

/**
 * Where a template lies.
 * @param folder holds `files/`: absolute, or seen from this package
 */
export const templatePath = (folder: string, template: string): string =>
  resolve(packageRoot(), folder, 'files', template)
