import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser'

type Path = readonly (string | number)[]

/** One change of a JSON text. Values are JSON texts, indented by two spaces as generated text is. */
export type JsonEdit =
  | {
      readonly kind: 'set'
      readonly path: Path
      readonly value: string
      /** Keys or elements that go before a new one where they are there; the last of them counts most. */
      readonly after: readonly string[]
    }
  | {
      readonly kind: 'add'
      readonly path: Path
      readonly value: string
      readonly after: readonly string[]
    }
  | { readonly kind: 'remove'; readonly path: Path }

/** @returns the tree of a JSON text, comments and trailing commas allowed; null where it is no object or broken */
export function parseJson(text: string): Node | null {
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { allowTrailingComma: true })
  return tree?.type === 'object' && errors.length === 0 ? tree : null
}

/** Changes a JSON text, and leaves every byte that a change does not concern as it is. */
export const editJson = (text: string, edits: readonly JsonEdit[]): string =>
  edits.reduce(applyEdit, text)

function applyEdit(text: string, edit: JsonEdit): string {
  const root = parseJson(text)!
  const node = edit.kind === 'add' ? undefined : findNodeAtLocation(root, [...edit.path])
  if (edit.kind === 'remove') return node ? removeItem(text, itemOf(node)) : text
  const value = indented(edit.value, text)
  if (node) return spliced(text, node.offset, node.length, value)
  const path = edit.kind === 'add' ? edit.path : edit.path.slice(0, -1)
  const list = findNodeAtLocation(root, [...path])
  if (!list) return text
  const item = edit.kind === 'add' ? value : `${JSON.stringify(edit.path.at(-1))}: ${value}`
  const before = edit.after.findLast((name) => itemNamed(list, name))
  const neighbour = before === undefined ? null : itemNamed(list, before)!
  return insertItem(text, list, neighbour, { item, depth: path.length + 1 })
}

const spliced = (text: string, at: number, length: number, content: string): string =>
  text.slice(0, at) + content + text.slice(at + length)

/** What stands in a list: the element itself, or the whole property that a value belongs to. */
const itemOf = (node: Node): Node => (node.parent?.type === 'property' ? node.parent : node)

const itemNamed = ({ type, children = [] }: Node, name: string): Node | undefined =>
  children.find((child) =>
    type === 'array' ? child.value === name : child.children![0]!.value === name,
  )

type NewItem = { readonly item: string; readonly depth: number }

function insertItem(text: string, list: Node, before: Node | null, added: NewItem): string {
  const { item } = added
  const open = list.offset + 1
  const first = list.children?.[0]
  if (!first) {
    const inner = list.type === 'array' ? item : onOwnLine(text, added)
    return spliced(text, open, list.length - 2, inner)
  }
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

const endOf = (node: Node): number => node.offset + node.length

function onOwnLine(text: string, { item, depth }: NewItem): string {
  const unit = indentUnit(text)
  return `\n${unit.repeat(depth)}${item}\n${unit.repeat(depth - 1)}`
}

function removeItem(text: string, item: Node): string {
  const { children = [], offset, length } = item.parent!
  if (children.length === 1) return spliced(text, offset + 1, length - 2, '')
  const index = children.indexOf(item)
  const [before, after] = [children[index - 1], children[index + 1]]
  const comma = commaAfter(text, item)
  const end = comma === null ? endOf(item) : comma + 1
  const lineStart = text.lastIndexOf('\n', item.offset - 1)
  const lineEnd = text.indexOf('\n', end)
  const ownsLine = text.slice(lineStart + 1, item.offset).trim() === ''
  if (!ownsLine || !REST_OF_LINE.test(text.slice(end)) || lineEnd < 0)
    return after
      ? spliced(text, item.offset, after.offset - item.offset, '')
      : spliced(text, endOf(before!), endOf(item) - endOf(before!), '')
  const cut = spliced(text, lineStart, lineEnd - lineStart, '')
  // The one before it is the last now, and keeps its comma only where the last one had one.
  return after || comma !== null ? cut : spliced(cut, commaAfter(text, before!)!, 1, '')
}

/** Where the comma after an item is; null where there is none. */
function commaAfter(text: string, { offset, length }: Node): number | null {
  const end = offset + length
  const found = /^(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*,/.exec(text.slice(end))
  return found ? end + found[0].length - 1 : null
}

/** What the text is indented by, per level. */
const indentUnit = (text: string): string => /\n([ \t]+)"/.exec(text)?.[1] ?? '  '

/** A generated value in the indentation of another text. */
const indented = (value: string, like: string): string => {
  const unit = indentUnit(like)
  return unit === '  '
    ? value
    : value.replaceAll(/^( {2})+/gm, (spaces) => unit.repeat(spaces.length / 2))
}
