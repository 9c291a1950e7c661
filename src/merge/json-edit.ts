import { findNodeAtLocation, parseTree, type Node, type ParseError } from 'jsonc-parser'
import { insertItem, removeItem, spliced } from './list-edit.js'

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
  if (edit.kind === 'remove')
    return node ? removeItem(text, itemOf(node).parent!, itemOf(node)) : text
  const value = indented(edit.value, text)
  if (node) return spliced(text, node.offset, node.length, value)
  const path = edit.kind === 'add' ? edit.path : edit.path.slice(0, -1)
  const list = findNodeAtLocation(root, [...path])
  if (!list) return text
  const item = edit.kind === 'add' ? value : `${JSON.stringify(edit.path.at(-1))}: ${value}`
  const before = edit.after.findLast((name) => itemNamed(list, name))
  const neighbour = before === undefined ? null : itemNamed(list, before)!
  return insertItem(text, list, neighbour, {
    item,
    unit: indentUnit(text),
    depth: path.length + 1,
    inline: list.type === 'array',
  })
}

/** What stands in a list: the element itself, or the whole property that a value belongs to. */
const itemOf = (node: Node): Node => (node.parent?.type === 'property' ? node.parent : node)

const itemNamed = ({ type, children = [] }: Node, name: string): Node | undefined =>
  children.find((child) =>
    type === 'array' ? child.value === name : child.children![0]!.value === name,
  )

/** What the text is indented by, per level. */
const indentUnit = (text: string): string => /\n([ \t]+)"/.exec(text)?.[1] ?? '  '

/** A generated value in the indentation of another text. */
const indented = (value: string, like: string): string => {
  const unit = indentUnit(like)
  return unit === '  '
    ? value
    : value.replaceAll(/^( {2})+/gm, (spaces) => unit.repeat(spaces.length / 2))
}
