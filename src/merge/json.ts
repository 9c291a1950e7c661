import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser'
import { editJson, parseJson, type JsonEdit } from './json-edit.js'
import { inStyleOf, joinLines, plain, splitLines } from './lines.js'
import { conflictLines, markedLines, type Clash, type Merged } from './markers.js'
import { mergeText, trimmed } from './text.js'

type Path = readonly string[]
type Value = Node | undefined
/** The three values at one place; undefined where there is none. */
type Values = { readonly base: Value; readonly ours: Value; readonly theirs: Value }

/**
 * Merges two JSON texts that came from one, key by key: whoever changed a value wins. Order, layout and comments stay the
 * user's. Where both changed one value, both stand in conflict markers: the text is no JSON until somebody has chosen.
 */
export function mergeJson(base: string | null, ours: string, theirs: string): Merged {
  const sources = [base ?? '', ours, theirs].map((text) => readSource(plain(text)))
  const [from, to, wanted] = sources
  if (!from || !to || !wanted) return mergeText(base, ours, theirs)
  const found: Found = { edits: [], clashes: [] }
  compare([], { base: from.root, ours: to.root, theirs: wanted.root }, found)
  const merged = editJson(
    to.text,
    found.edits.map((change) => editOf(change, wanted, wanted)),
  )
  const { lines, closed } = splitLines(merged)
  const marked = markClashes(lines, found.clashes, (changes, source) => {
    const edits = changes.map((change) => editOf(change, source === 'base' ? from : wanted, wanted))
    return splitLines(editJson(merged, edits)).lines
  })
  return {
    text: inStyleOf(ours, joinLines({ lines: marked, closed })),
    conflicts: conflictLines(marked),
  }
}

type Source = { readonly text: string; readonly root: Node }

function readSource(text: string): Source | null {
  const root = parseJson(text)
  return root && { text, root }
}

/** Lines from `start` to before `end` that have two other versions. */
type Region = Clash & { readonly start: number; readonly end: number }

/** Puts markers around every value that both sides changed. Line-based merging might not see that both did. */
function markClashes(
  lines: readonly string[],
  clashes: readonly JsonChange[],
  versionOf: (changes: readonly JsonChange[], source: 'base' | 'theirs') => readonly string[],
): readonly string[] {
  const regionOf = (changes: readonly JsonChange[]): Region => {
    const all = {
      ours: lines,
      base: versionOf(changes, 'base'),
      theirs: versionOf(changes, 'theirs'),
    }
    const { head, tail, middle } = trimmed(all)
    return { ...middle, start: head, end: lines.length - tail }
  }
  const each = clashes.map((clash) => regionOf([clash])).sort((a, b) => a.start - b.start)
  const overlap = each.some(({ start, end }, index) => {
    const next = each[index + 1]
    return next !== undefined && (next.start < end || next.start === start)
  })
  const regions = overlap ? [regionOf(clashes)] : each
  return regions.reduceRight<readonly string[]>(
    (text, region) =>
      text.toSpliced(region.start, region.end - region.start, ...markedLines(region)),
    lines,
  )
}

/** Where a value has to become that of the other text; an element of a list of names is added or removed. */
type JsonChange = {
  readonly path: Path
  readonly element?: { readonly name: string; readonly at: number | null }
}
type Found = { readonly edits: JsonChange[]; readonly clashes: JsonChange[] }

function compare(path: Path, { base, ours, theirs }: Values, found: Found): void {
  if (isEqual(ours, theirs) || isEqual(base, theirs)) return
  if (isObject(ours) && isObject(theirs) && (base === undefined || isObject(base))) {
    for (const key of new Set([...keysOf(base), ...keysOf(theirs)])) {
      const values = {
        base: valueOf(base, key),
        ours: valueOf(ours, key),
        theirs: valueOf(theirs, key),
      }
      compare([...path, key], values, found)
    }
    return
  }
  if (ours && theirs) {
    const names = { base: namesOf(base), ours: namesOf(ours), theirs: namesOf(theirs) }
    if (names.base && names.ours && names.theirs) return compareNames(path, names as Names, found)
  }
  const list = isEqual(base, ours) ? found.edits : found.clashes
  list.push({ path })
}

type Names = { readonly base: string[]; readonly ours: string[]; readonly theirs: string[] }

/** Lists of names are sets: what one side added or removed does not concern the other's. */
function compareNames(path: Path, { base, ours, theirs }: Names, { edits }: Found): void {
  const gone = base.filter((name) => !theirs.includes(name) && ours.includes(name))
  // From the end, so that the positions of those before stay what they are.
  for (const name of gone.toSorted((a, b) => ours.indexOf(b) - ours.indexOf(a)))
    edits.push({ path, element: { name, at: ours.indexOf(name) } })
  for (const name of theirs)
    if (!base.includes(name) && !ours.includes(name))
      edits.push({ path, element: { name, at: null } })
}

/** The edit that gives a place the value it has in another text; a new one goes where the generated text has it. */
function editOf({ path, element }: JsonChange, { text, root }: Source, order: Source): JsonEdit {
  if (element && element.at !== null) return { kind: 'remove', path: [...path, element.at] }
  if (element) {
    const names = namesOf(findNodeAtLocation(root, [...path])) ?? []
    const after = names.slice(0, names.indexOf(element.name))
    return { kind: 'add', path, value: JSON.stringify(element.name), after }
  }
  const value = findNodeAtLocation(root, [...path])
  if (!value) return { kind: 'remove', path }
  const key = path.at(-1)!
  const keys = [order.root, root]
    .map((tree) => keysOf(findNodeAtLocation(tree, path.slice(0, -1))))
    .find((names) => names.includes(key))!
  const after = keys.slice(0, keys.indexOf(key))
  return { kind: 'set', path, value: text.slice(value.offset, value.offset + value.length), after }
}

const isObject = (node: Value): node is Node => node?.type === 'object'

const keysOf = (node: Value): string[] =>
  isObject(node) ? node.children!.map((property) => String(property.children![0]!.value)) : []

const valueOf = (node: Value, key: string): Value =>
  isObject(node)
    ? node.children!.find((property) => property.children![0]!.value === key)?.children![1]
    : undefined

/** The elements of a list of different strings, none for a value that is not there; null for everything else. */
function namesOf(node: Value): string[] | null {
  if (node === undefined) return []
  if (node.type !== 'array') return null
  const values = (node.children ?? []).map((child): unknown => child.value)
  const strings = values.filter((value) => typeof value === 'string')
  return strings.length === values.length && new Set(strings).size === strings.length
    ? strings
    : null
}

const isEqual = (a: Value, b: Value): boolean =>
  a === undefined || b === undefined ? a === b : canonical(a) === canonical(b)

/** One text for all objects that hold the same, in whatever order. */
function canonical(node: Node): string {
  if (node.type === 'array') return `[${(node.children ?? []).map(canonical).join()}]`
  if (node.type !== 'object') return JSON.stringify(getNodeValue(node))
  const items = (node.children ?? []).map(
    ({ children }) => `${JSON.stringify(children![0]!.value)}:${canonical(children![1]!)}`,
  )
  return `{${items.sort().join()}}`
}
