import type { Migration } from '../migrations.js'
import type { RenameStep } from './steps.js'
import { isTurnedBy } from './turned.js'

/** What a database holds: tables, `table.column`, and `type:name` for enums, each with its schema before it. */
export type Held = ReadonlySet<string>

export const heldTable = (schema: string, table: string): string => JSON.stringify([schema, table])
export const heldColumn = (schema: string, table: string, column: string): string =>
  JSON.stringify([schema, table, column])
export const heldType = (schema: string, type: string): string =>
  JSON.stringify([schema, null, type])

/**
 * The steps that a database still needs: what it calls by the new name, or does not hold, needs none. Pure.
 * @param schema the one that the connection is for
 * @param migrations those that made the database: whether columns have changed places is seen there only
 */
export function pendingSteps(
  steps: readonly RenameStep[],
  held: Held,
  schema: string,
  migrations: readonly Migration[],
): RenameStep[] {
  const now = new Set(held)
  return steps.flatMap((step): RenameStep[] => {
    const own = step.schema ?? (step.kind === 'type' ? schemaOfType(now, step.from) : null)
    const [from, to] = [step.from, step.to].map((name) => keyOf(step, own ?? schema, name))
    if (step.from === step.to) return now.has(to!) && !isTurnedBy(migrations, step) ? [step] : []
    if (!now.has(from!) || now.has(to!)) return []
    now.delete(from!)
    now.add(to!)
    if (step.kind === 'table') moveColumns(now, own ?? schema, step)
    return [{ ...step, schema: own === schema ? null : own }]
  })
}

/** An outline does not say in which schema an enum lies. */
function schemaOfType(held: Held, type: string): string | null {
  for (const key of held) {
    const [schema, table, name] = JSON.parse(key) as [string, string | null, string?]
    if (table === null && name === type) return schema
  }
  return null
}

function keyOf({ kind, table }: RenameStep, schema: string, name: string): string {
  switch (kind) {
    case 'table':
      return heldTable(schema, name)
    case 'column':
      return heldColumn(schema, table!, name)
    case 'type':
      return heldType(schema, name)
  }
}

function moveColumns(held: Set<string>, schema: string, { from, to }: RenameStep): void {
  for (const key of held) {
    const [inSchema, table, column] = JSON.parse(key) as [string, string | null, string?]
    if (inSchema !== schema || table !== from || column === undefined) continue
    held.delete(key)
    held.add(heldColumn(schema, to, column))
  }
}
