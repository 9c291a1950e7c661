import type { Block, Source } from '../source.js'
import type { FieldLine } from './draft.js'

/** How a file, or a block of it, is laid out. */
export type Layout = {
  readonly indent: string
  readonly eol: string
  /** Types and attributes stand below each other. */
  readonly aligned: boolean
  /** Least columns of types and of attributes, counted from the indentation. */
  readonly typeColumn: number
  readonly attributeColumn: number
}

/** A block of the schema, its last line ended. */
export function printBlock(
  head: string,
  lines: readonly string[],
  attributes: readonly string[],
  { indent, eol }: Pick<Layout, 'indent' | 'eol'>,
): string {
  const rest = attributes.map((text) => indent + text)
  const body = [...lines, ...(lines.length > 0 && rest.length > 0 ? [''] : []), ...rest]
  return [`${head} {`, ...body, '}', ''].join(eol)
}

/** One line per field, without line ends. */
export function printFields(fields: readonly FieldLine[], layout: Layout): string[] {
  const { aligned, indent } = layout
  const widest = (parts: readonly string[], least: number): number =>
    aligned ? Math.max(least, ...parts.map((part) => part.length + 1)) : 0
  const typeColumn = widest(
    fields.map(({ name }) => name),
    layout.typeColumn,
  )
  const attributeColumn = widest(
    fields.map(({ type }) => type),
    layout.attributeColumn - typeColumn,
  )
  const pad = (text: string, width: number): string => text.padEnd(Math.max(width, text.length + 1))
  return fields.map(
    ({ name, type, attributes }) =>
      `${indent}${pad(name, typeColumn)}${attributes ? pad(type, attributeColumn) + attributes : type}`,
  )
}

/** The layout of new blocks of a file: that of most lines that are there. */
export function layoutOf(source: Source): Layout {
  const layouts = source.blocks
    .filter(({ kind }) => kind === 'model' || kind === 'view' || kind === 'type')
    .map((block) => layoutOfBlock(source, block))
  const indents = layouts.map(({ indent }) => indent)
  return {
    indent: indents[0] ?? '  ',
    eol: source.eol,
    aligned: layouts.length === 0 || layouts.some(({ aligned }) => aligned),
    typeColumn: 0,
    attributeColumn: 0,
  }
}

/** The layout of fields at the end of a block: that of those they follow, up to a blank line. */
export function layoutOfBlock({ content, eol }: Source, block: Block): Layout {
  const fields = block.members.filter(({ kind }) => kind === 'field')
  const rows = fields.map((member) => {
    const start = content.lastIndexOf('\n', member.offset - 1) + 1
    const [, name = '', gap = '', type = '', space = '', rest = ''] =
      /^(\S+)(\s+)([^\s(]\S*)(\s*)(\S*)/.exec(member.code) ?? []
    const typeColumn = name.length + gap.length
    const attributeColumn = rest.startsWith('@') ? typeColumn + type.length + space.length : null
    const before = content.slice(Math.max(0, start - 3), start)
    const indent = content.slice(start, member.offset)
    return {
      indent,
      typeColumn,
      attributeColumn,
      tab: gap.includes('\t'),
      isFirst: /\n\r?\n$/.test(before),
    }
  })
  const last = rows.slice(
    Math.max(
      0,
      rows.findLastIndex(({ isFirst }) => isFirst),
    ),
  )
  const columns = new Set(last.map(({ typeColumn }) => typeColumn))
  const attributes = last.flatMap(({ attributeColumn }) => attributeColumn ?? [])
  const aligned = columns.size === 1 && !last.some(({ tab }) => tab)
  return {
    indent: rows.at(-1)?.indent ?? '  ',
    eol,
    aligned,
    typeColumn: aligned ? [...columns][0]! : 0,
    attributeColumn: aligned && new Set(attributes).size === 1 ? attributes[0]! : 0,
  }
}
