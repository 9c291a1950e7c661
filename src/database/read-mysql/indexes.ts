import type { Index, Table } from './catalog.js'
import type { Named } from './naming.js'
import { quote } from './names.js'
import { typeOf } from './types.js'

/** What indexes add: attributes of single fields, by column, and lines at the end of the model. */
export type IndexLines = {
  readonly fields: ReadonlyMap<string, string>
  readonly block: readonly string[]
}

/** Indexes over expressions, spatial ones, and those of columns that Prisma does not know are left out. */
export function indexLines(table: Table, named: Named): IndexLines {
  const fields = new Map<string, string>()
  const lines: string[] = []
  const unsupported = new Set(
    table.columns.filter((one) => typeOf(one).kind === 'unsupported').map(({ name }) => name),
  )
  const usable = table.indexes.filter(
    ({ type, parts }) =>
      type !== 'SPATIAL' &&
      parts.every(({ column }) => column !== null && !unsupported.has(column)),
  )
  // The key comes first.
  for (const index of usable.sort((a, b) => Number(isKey(b)) - Number(isKey(a)))) {
    const [single, second] = index.parts
    const kind = kindOf(index)
    if (second === undefined && (kind === 'id' || kind === 'unique')) {
      const before = fields.get(single!.column!) ?? ''
      fields.set(single!.column!, `${before} @${kind}${optionsText(index, table)}`)
    } else lines.push(`@@${kind}([${partsText(index, table, named)}]${mapText(index, table)})`)
  }
  return { fields, block: lines }
}

const isKey = ({ name }: Index): boolean => name === 'PRIMARY'

function kindOf(index: Index): 'id' | 'unique' | 'fulltext' | 'index' {
  if (isKey(index)) return 'id'
  if (index.type === 'FULLTEXT') return 'fulltext'
  return index.isUnique ? 'unique' : 'index'
}

/** `(length: 20, map: "x")` of a field's own attribute. */
function optionsText(index: Index, table: Table): string {
  const [part] = index.parts
  const options = [...partOptions(part!, index), ...mapOption(index, table)]
  return options.length === 0 ? '' : `(${options.join(', ')})`
}

const partsText = (index: Index, table: Table, named: Named): string =>
  index.parts
    .map((part) => {
      const options = partOptions(part, index)
      const name = named.field(table.name, part.column!)
      return options.length === 0 ? name : `${name}(${options.join(', ')})`
    })
    .join(', ')

const partOptions = ({ length, isDescending }: Index['parts'][number], { type }: Index) => [
  ...(length === null || type === 'FULLTEXT' ? [] : [`length: ${length}`]),
  ...(isDescending ? ['sort: Desc'] : []),
]

const mapText = (index: Index, table: Table): string =>
  mapOption(index, table)
    .map((option) => `, ${option}`)
    .join('')

function mapOption(index: Index, { name }: Table): string[] {
  if (isKey(index)) return []
  const columns = index.parts.map(({ column }) => column).join('_')
  const suffix = kindOf(index) === 'unique' ? '_key' : '_idx'
  const usual = `${name}_${columns}`.slice(0, 64 - suffix.length) + suffix
  return index.name === usual ? [] : [`map: ${quote(index.name)}`]
}
