import { copy, render, type AppView, type FileSpec } from '../../src/kit/index.js'

type PackageManager = AppView['packageManager']

/** Install scripts of dependencies: one fetches an engine that the app does without, one reports to its maker. */
const UNNEEDED = ['@prisma/engines', '@scarf/scarf', 'esbuild'] as const

/** Settings that a package manager reads from a file of its own. */
export function packageManagerFiles(packageManager: PackageManager): FileSpec[] {
  switch (packageManager) {
    case 'npm':
    case 'bun':
      return []
    case 'pnpm':
      return [render('pnpm-workspace.yaml', { allowBuilds: jsonEntries(forEach(false)) })]
    case 'yarn':
      return [copy('.yarnrc', '_yarnrc'), copy('.yarnrc.yml', '_yarnrc.yml')]
  }
}

/** Members of package.json that keep install scripts from running; Yarn 1 knows nothing of the kind. */
export function installScripts(packageManager: PackageManager): Readonly<Record<string, unknown>> {
  switch (packageManager) {
    case 'npm':
      return { allowScripts: forEach(false) }
    case 'pnpm':
      return {}
    case 'yarn':
      return { dependenciesMeta: forEach({ built: false }) }
    case 'bun':
      // Without this list it trusts one of its own, which holds all of them.
      return { trustedDependencies: [] }
  }
}

const forEach = <T>(decision: T): Record<string, T> =>
  Object.fromEntries(UNNEEDED.map((name) => [name, decision]))

/** The members of a JSON object, each as its text; the last has no comma. */
export function jsonEntries(record: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(record)
  return entries.map(([key, value], index) => ({
    key: JSON.stringify(key),
    value: JSON.stringify(value),
    comma: index < entries.length - 1 ? ',' : '',
  }))
}
