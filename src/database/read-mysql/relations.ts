import type { Catalog, Key, Table } from './catalog.js'
import type { Named } from './naming.js'
import { quote } from './names.js'

/** A relation field, as it is printed, by the table it stands in. */
export type RelationField = { readonly table: string; readonly line: string }

/** The hidden table of an implicit many-to-many relation. */
type Join = { readonly name: string; readonly a: Key; readonly b: Key }

/** Finds tables that Prisma keeps to itself: `_xToy` with columns A and B. */
export function joinOf(table: Table): Join | null {
  const [a, b] = [...table.keys].sort((x, y) => (x.columns[0]! < y.columns[0]! ? -1 : 1))
  const isJoin =
    table.name.startsWith('_') &&
    table.columns
      .map(({ name }) => name)
      .sort()
      .join() === 'A,B' &&
    table.keys.length === 2 &&
    a?.columns.join() === 'A' &&
    b?.columns.join() === 'B' &&
    table.indexes.some(({ isUnique, parts }) => isUnique && parts.length === 2)
  return isJoin ? { name: table.name.slice(1), a: a!, b: b! } : null
}

type Link = { readonly table: Table; readonly key: Key }

/**
 * Both fields of every foreign key, and of every many-to-many relation, named as Prisma's introspection names
 * them: after the other model, and where that is not clear after the columns too.
 */
export function relationFields(catalog: Catalog, named: Named): RelationField[] {
  const links = catalog.tables
    .flatMap((table) => (joinOf(table) ? [] : table.keys.map((key) => ({ table, key }))))
    .filter((link) => isUsable(link, catalog))
  const joins = catalog.tables.flatMap((table) => joinOf(table) ?? [])
  const pairs = new Map<string, number>()
  for (const link of links) pairs.set(pairOf(link), (pairs.get(pairOf(link)) ?? 0) + 1)
  return [
    ...links.flatMap((link) => linkFields(link, pairs.get(pairOf(link))! > 1, named)),
    ...joins.flatMap((join) => joinFields(join, named)),
  ]
}

const pairOf = ({ table, key }: Link): string => [table.name, key.table].sort().join('\0')

/** Prisma relates to unique columns only, and once by the same columns. */
function isUsable({ table, key }: Link, { tables }: Catalog): boolean {
  const target = tables.find(({ name }) => name === key.table)
  const first = table.keys.find(
    (other) => other.table === key.table && sameColumns(other.columns, key.columns),
  )
  return first === key && target !== undefined && isUnique(target, key.references)
}

const sameColumns = (a: readonly string[], b: readonly string[]): boolean =>
  [...a].sort().join('\0') === [...b].sort().join('\0')

const isUnique = ({ indexes }: Table, columns: readonly string[]): boolean =>
  indexes.some(
    (index) =>
      index.isUnique &&
      sameColumns(
        index.parts.map(({ column }) => column ?? ''),
        columns,
      ),
  )

function linkFields({ table, key }: Link, isAmbiguous: boolean, named: Named): RelationField[] {
  const [own, other] = [named.model(table.name), named.model(key.table)]
  const { name, forward, back } = relationNames({ table, key }, isAmbiguous, named)
  const isOptional = key.columns.some(
    (column) => table.columns.find((one) => one.name === column)?.isNullable,
  )
  const args = [
    ...(name === '' ? [] : [name]),
    `fields: [${key.columns.map((column) => named.field(table.name, column)).join(', ')}]`,
    `references: [${key.references.map((column) => named.field(key.table, column)).join(', ')}]`,
    ...actionsOf(key, isOptional),
    ...(key.name === `${table.name}_${key.columns.join('_')}_fkey`
      ? []
      : [`map: ${quote(key.name)}`]),
  ]
  const many = isUnique(table, key.columns) ? '?' : '[]'
  const ignored = named.isIgnored(table) ? ' @ignore' : ''
  return [
    {
      table: table.name,
      line: `${forward} ${other}${isOptional ? '?' : ''} @relation(${args.join(', ')})`,
    },
    { table: key.table, line: `${back} ${own}${many}${name && ` @relation(${name})`}${ignored}` },
  ]
}

/** Names of both fields, and of the relation as its argument: empty where it needs none. */
function relationNames(
  { table, key }: Link,
  isAmbiguous: boolean,
  named: Named,
): { name: string; forward: string; back: string } {
  const [own, other] = [named.model(table.name), named.model(key.table)]
  const isSelf = table.name === key.table
  const known = named.knownRelation(table.name, key.columns, key.table)
  if (known) {
    const isUsual = !isAmbiguous && !isSelf && known.name === [own, other].sort().join('To')
    return { ...known, name: isUsual ? '' : quote(known.name) }
  }
  const fields = key.columns.map((column) => named.field(table.name, column))
  const relation = isAmbiguous ? `${own}_${fields.join('_')}To${other}` : `${own}To${other}`
  const suffix = isAmbiguous ? `_${relation}` : ''
  return {
    name: isAmbiguous || isSelf ? quote(relation) : '',
    forward: named.relation(table.name, other + suffix, relation),
    back: named.relation(key.table, `${isSelf ? 'other_' : ''}${own}${suffix}`, relation),
  }
}

function actionsOf({ onDelete, onUpdate }: Key, isOptional: boolean): string[] {
  const deletes = actionName(onDelete)
  const updates = actionName(onUpdate)
  return [
    ...(deletes === (isOptional ? 'SetNull' : 'Restrict') ? [] : [`onDelete: ${deletes}`]),
    ...(updates === 'Cascade' ? [] : [`onUpdate: ${updates}`]),
  ]
}

/** `SET NULL` → `SetNull` */
const actionName = (rule: string): string =>
  rule.toLowerCase().replaceAll(/(^| )(\w)/g, (_, __, letter: string) => letter.toUpperCase())

function joinFields({ name, a, b }: Join, named: Named): RelationField[] {
  const [left, right] = [named.model(a.table), named.model(b.table)]
  const attribute = name === `${left}To${right}` ? '' : ` @relation(${quote(name)})`
  const suffixes = a.table === b.table ? ['_A', '_B'] : ['', '']
  const known = named.knownJoin(`_${name}`)
  const fieldOfA = known?.forward ?? named.relation(a.table, right + suffixes[0], name)
  const fieldOfB = known?.back ?? named.relation(b.table, left + suffixes[1], name)
  return [
    { table: a.table, line: `${fieldOfA} ${right}[]${attribute}` },
    { table: b.table, line: `${fieldOfB} ${left}[]${attribute}` },
  ]
}
