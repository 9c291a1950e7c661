/** Items of a list in braces or brackets, as JSON and TypeScript write it, come and go; all other bytes stay. */

/** Where something stands in a text with plain line feeds. */
export type Span = { readonly offset: number; readonly length: number }

/** The list with its braces, and its items in their order. */
export type List = Span & { readonly children?: readonly Span[] }

export type NewItem = {
  readonly item: string
  /** What the text is indented by per level, and the level of the item: both for an item on a line of its own. */
  readonly unit: string
  readonly depth: number
  /** True where the first item of an empty list goes on the line of its braces. */
  readonly inline: boolean
}

export const spliced = (text: string, at: number, length: number, content: string): string =>
  text.slice(0, at) + content + text.slice(at + length)

/** @param before the item that the new one follows; null: it becomes the first */
export function insertItem(text: string, list: List, before: Span | null, added: NewItem): string {
  const { item } = added
  const open = list.offset + 1
  const first = list.children?.[0]
  if (!first) return insertOnly(text, list, added)
  const ownLine = /\n[ \t]*$/.exec(text.slice(open, first.offset))?.[0]
  if (!before) return spliced(text, first.offset, 0, `${item},${ownLine ?? ' '}`)
  const comma = commaAfter(text, before)
  const end = (comma ?? endOf(before) - 1) + 1
  // A comment behind the one before it stays with that.
  const comment = ownLine === undefined ? null : REST_OF_LINE.exec(text.slice(end))
  const at = end + (comment?.[0].length ?? 0)
  const content = `${ownLine ?? ' '}${item}${comma === null ? '' : ','}`
  const grown = spliced(text, at, 0, content)
  return comma === null ? spliced(grown, end, 0, ',') : grown
}

const REST_OF_LINE = /^[ \t]*(?:\/\/[^\n]*|\/\*(?:(?!\*\/)[^\n])*\*\/)?[ \t]*(?=\n|$)/

const endOf = ({ offset, length }: Span): number => offset + length

/** The first item of a list that is empty, comments aside. */
function insertOnly(text: string, list: List, { item, unit, depth, inline }: NewItem): string {
  const inner = text.slice(list.offset + 1, endOf(list) - 1)
  const kept = inner.trimEnd()
  const content =
    inline && kept === ''
      ? item
      : `${kept}\n${unit.repeat(depth)}${item}\n${unit.repeat(depth - 1)}`
  return spliced(text, list.offset + 1, inner.length, content)
}

export function removeItem(text: string, list: List, item: Span): string {
  const { children = [] } = list
  const index = children.indexOf(item)
  const [before, after] = [children[index - 1], children[index + 1]]
  const comma = commaAfter(text, item)
  const end = comma === null ? endOf(item) : comma + 1
  const around = text.slice(list.offset + 1, item.offset) + text.slice(end, endOf(list) - 1)
  if (!before && !after && around.trim() === '')
    return spliced(text, list.offset + 1, list.length - 2, '')
  const lineStart = text.lastIndexOf('\n', item.offset - 1)
  const lineEnd = text.indexOf('\n', end)
  const ownsLine = text.slice(lineStart + 1, item.offset).trim() === ''
  if (!ownsLine || !REST_OF_LINE.test(text.slice(end)) || lineEnd < 0) {
    if (after) return spliced(text, item.offset, after.offset - item.offset, '')
    const from = before ? endOf(before) : item.offset
    return spliced(text, from, (before ? endOf(item) : end) - from, '')
  }
  const cut = spliced(text, lineStart, lineEnd - lineStart, '')
  // The one before it is the last now, and keeps its comma only where the last one had one.
  return after || !before || comma !== null ? cut : spliced(cut, commaAfter(text, before)!, 1, '')
}

/** Where the comma after an item is; null where there is none. */
function commaAfter(text: string, item: Span): number | null {
  const found = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(endOf(item)))
  return found ? endOf(item) + found[0].length - 1 : null
}
