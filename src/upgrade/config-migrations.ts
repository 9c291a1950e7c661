import { VERSION } from '../version.js'
import { compareVersions } from './versions.js'

/** What a version has changed about `ssot.config.ts`. */
export type ConfigMigration = {
  /** The first version that reads the new form. */
  readonly version: string
  /** One line for the user. */
  readonly describe: string
  /** From the text of the old form to that of the new one; a text that has nothing of it stays as it is. */
  migrate(text: string): string
}

/** All of them, the oldest first. A config of 0.1.0 is one of today. */
const configMigrations: readonly ConfigMigration[] = []

export type Migrated = {
  readonly text: string
  /** What was changed, one line each. */
  readonly done: readonly string[]
}

/**
 * Brings the text of a config from one version to another, change by change.
 * @throws Error where the list is out of order; what a migration throws
 */
export function migrateConfig(
  text: string,
  from: string,
  list: readonly ConfigMigration[] = configMigrations,
  to: string = VERSION,
): Migrated {
  const unordered = list.find(
    ({ version }, at) => at > 0 && compareVersions(list[at - 1]!.version, version) > 0,
  )
  if (unordered) throw new Error(`The migration to ${unordered.version} is out of order.`)
  const due = list.filter(
    ({ version }) => compareVersions(from, version) < 0 && compareVersions(version, to) <= 0,
  )
  return due.reduce<Migrated>(
    (now, { version, describe, migrate }) => {
      const next = migrate(now.text)
      return next === now.text
        ? now
        : { text: next, done: [...now.done, `${version}: ${describe}`] }
    },
    { text, done: [] },
  )
}
