import type { RenameStep } from './steps.js'

/** Words for the name of a migration: `rename post to article`. */
export function renameWords(steps: readonly RenameStep[]): string {
  const { kind, table, from, to } = steps[0]!
  return `rename ${kind === 'column' ? `${table} ` : ''}${from} to ${to}${steps.length > 1 ? ' and more' : ''}`
}
