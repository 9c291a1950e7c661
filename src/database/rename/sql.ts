import type { RenameStep } from './steps.js'
import { turnedNote } from './turned.js'

export type Dialect = 'sqlite' | 'postgres' | 'mysql'

/** Stands in for a column while two change places. */
const BETWEEN = '_'

/** PostgreSQL cuts longer names. */
const LONGEST = 63

/** The statements of some steps, worded as Prisma words its own. Pure. */
export const renameSql = (steps: readonly RenameStep[], dialect: Dialect): string =>
  steps
    .flatMap((step) => [
      ...apart(step, dialect).map((part) => statement(part, dialect)),
      ...(step.turned === undefined ? [] : [exchange(step, dialect)]),
    ])
    .join('\n')

/** Names that differ in case alone are one name for a database that does not look at it. */
function apart(step: RenameStep, dialect: Dialect): RenameStep[] {
  const { from, to } = step
  if (from === to) return []
  if (dialect === 'postgres' || from.toLowerCase() !== to.toLowerCase()) return [step]
  const between = `${to}_`
  return [
    { ...step, to: between },
    { ...step, from: between },
  ]
}

function statement(step: RenameStep, dialect: Dialect): string {
  const name = (text: string): string => quoteIn(dialect, text)
  const from = placed(step.from, step, dialect)
  switch (step.kind) {
    case 'table':
      return `-- RenameTable\nALTER TABLE ${from} RENAME TO ${name(step.to)};\n`
    case 'column':
      return `-- RenameColumn\nALTER TABLE ${placed(step.table!, step, dialect)} RENAME COLUMN ${name(step.from)} TO ${name(step.to)};\n`
    case 'type':
      return `-- RenameEnum\nALTER TYPE ${from} RENAME TO ${name(step.to)};\n`
  }
}

function exchange(step: RenameStep, dialect: Dialect): string {
  const table = placed(step.to, step, dialect)
  const columns = [
    ['A', BETWEEN],
    ['B', 'A'],
    [BETWEEN, 'B'],
  ].map(([from, to]) => {
    const [a, b] = [quoteIn(dialect, from!), quoteIn(dialect, to!)]
    return `ALTER TABLE ${table} RENAME COLUMN ${a} TO ${b};`
  })
  const keys = dialect === 'postgres' ? keysAnew(step, table) : []
  return `${[turnedNote(step), ...columns, ...keys].join('\n')}\n`
}

/** The schema engine would make the key anew, and then rename the one that has gone. */
function keysAnew({ schema, from, to }: RenameStep, table: string): string[] {
  const named = (name: string, suffix: string): string =>
    quoteIn('postgres', name.slice(0, LONGEST - suffix.length) + suffix)
  const index = named(from, '_B_index')
  return [
    `ALTER TABLE ${table} DROP CONSTRAINT ${named(from, '_AB_pkey')},`,
    `ADD CONSTRAINT ${named(to, '_AB_pkey')} PRIMARY KEY ("A", "B");`,
    `DROP INDEX ${schema === null ? index : `${quoteIn('postgres', schema)}.${index}`};`,
    `CREATE INDEX ${named(to, '_B_index')} ON ${table}("B");`,
  ]
}

const placed = (name: string, { schema }: RenameStep, dialect: Dialect): string =>
  schema === null ? quoteIn(dialect, name) : `${quoteIn(dialect, schema)}.${quoteIn(dialect, name)}`

const quoteIn = (dialect: Dialect, name: string): string =>
  dialect === 'mysql' ? `\`${name.replaceAll('`', '``')}\`` : `"${name.replaceAll('"', '""')}"`
