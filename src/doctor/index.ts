/** `ssot doctor`: what is wrong with an app, and what to do. Reads only. */
import type { Config } from '../config.js'
import { readManifest } from '../merge/snapshot.js'
import { checkCode } from './code.js'
import { checkDatabase } from './database.js'
import { failure, type Finding } from './finding.js'
import { checkEnv, checkNode, checkPackages } from './machine.js'

export type { Finding } from './finding.js'

/**
 * Looks an app over, from the machine to the database.
 * @throws UserError when the manifest can't be used, or the schema can't be read
 */
export async function diagnose(
  root: string,
  config: Config,
  env: NodeJS.ProcessEnv,
): Promise<readonly Finding[]> {
  const manifest = readManifest(root)
  const packages = checkPackages(root, config.pm)
  const code = manifest
    ? await checkCode({ root, config }, manifest)
    : [
        failure(
          'code',
          'The app was never generated: there is no .ssot/generation.json.',
          'Restore it from version control, or run: ssot generate',
        ),
      ]
  return [
    checkNode(),
    packages,
    checkEnv(root, env),
    ...code,
    // Its drivers are among the packages.
    ...(packages.level === 'error' ? [] : [await checkDatabase(root)]),
  ]
}
