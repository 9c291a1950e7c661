import { requireManifest } from '../merge/snapshot.js'
import { migrateConfig, type Migrated } from './config-migrations.js'
import { refuseNewer, versionOf } from './versions.js'

/**
 * What the config of an app has to say for this version.
 * @param text of its config; null where it has none
 * @throws UserError where the app was never generated, or is one of a newer version
 */
export function upgradeConfig(
  root: string,
  text: string | null,
): Omit<Migrated, 'text'> & { readonly from: string; readonly text: string | null } {
  const manifest = requireManifest(root)
  refuseNewer(manifest)
  const from = versionOf(manifest)
  return text === null ? { from, text, done: [] } : { from, ...migrateConfig(text, from) }
}
