import { applyEdits, type Edit } from '../edits.js'
import type { Place } from '../places.js'
import type { Source } from '../source.js'
import type { Draft, ModelDraft } from './draft.js'
import { homeOf, type Home } from './home.js'
import { layoutOfBlock, printBlock, printFields } from './print.js'

/** A text that a file gets, and what it is. */
type Inserted = {
  /** Path relative to the schema's folder. */
  readonly path: string
  /** What it goes into: a model that is there; null for a new block. */
  readonly into: string | null
  readonly text: string
}

export type Insertion = {
  /** Whole new texts of the files that change, the new ones included. */
  readonly files: readonly {
    readonly path: string
    readonly content: string
    readonly isNew: boolean
  }[]
  readonly inserted: readonly Inserted[]
}

/**
 * Brings a draft into the files of a schema. What was there keeps every byte. Pure.
 * @param places of the same sources
 */
export function insertDraft(
  sources: readonly Source[],
  places: ReadonlyMap<string, Place>,
  draft: Draft,
): Insertion {
  const edits = new Map<Source, Edit[]>()
  const fresh = new Map<string, string>()
  const inserted: Inserted[] = []
  for (const { home, text } of newBlocks(sources, draft)) {
    const { path, source } = home
    inserted.push({ path, into: null, text })
    if (source === null) fresh.set(path, joinBlocks(fresh.get(path) ?? '', text, home.layout.eol))
    else append(edits, source, text)
  }
  for (const model of draft.models.filter(({ isNew }) => !isNew)) {
    const place = places.get(model.name)!
    const { source } = place
    const parts = extend(place, model)
    inserted.push({
      path: source.path,
      into: model.name,
      text: parts.map(({ text }) => text).join(''),
    })
    edits.set(source, [...parts, ...(edits.get(source) ?? [])])
  }
  const changed = [...edits].map(([source, list]) => ({
    path: source.path,
    content: applyEdits(source.content, list).content,
    isNew: false,
  }))
  const made = [...fresh].map(([path, content]) => ({ path, content, isNew: true }))
  return { files: [...changed, ...made], inserted }
}

function newBlocks(sources: readonly Source[], draft: Draft): { home: Home; text: string }[] {
  const main = draft.models.find(({ isNew }) => isNew)?.name ?? draft.models[0]!.name
  const models = draft.models
    .filter(({ isNew }) => isNew)
    .map(({ name, fields, attributes }) => {
      const home = homeOf(sources, 'model', name)
      const lines = printFields(fields, home.layout)
      return { home, text: printBlock(`model ${name}`, lines, attributes, home.layout) }
    })
  const enums = draft.enums.map(({ name, values, attributes }) => {
    const home = homeOf(sources, 'enum', main)
    const lines = values.map((value) => home.layout.indent + value)
    return { home, text: printBlock(`enum ${name}`, lines, attributes, home.layout) }
  })
  return [...models, ...enums]
}

/** At the end of a file, a blank line before it. */
function append(edits: Map<Source, Edit[]>, source: Source, text: string): void {
  const { content } = source
  const list = edits.get(source) ?? []
  const at = content.length
  const isSecond = list.some(({ start }) => start === at)
  const gap = isSecond ? source.eol : gapBefore(content, source.eol)
  edits.set(source, [...list, { start: at, end: at, text: gap + text }])
}

function gapBefore(content: string, eol: string): string {
  if (content.trim() === '' || /\n[ \t]*\r?\n[ \t]*$/.test(content)) return ''
  return content.endsWith('\n') ? eol : eol + eol
}

const joinBlocks = (before: string, text: string, eol: string): string =>
  before === '' ? text : before + eol + text

/** Fields go behind the last field, attributes behind the last attribute. */
function extend({ source, block }: Place, { fields, attributes }: ModelDraft): Edit[] {
  const { content } = source
  const layout = layoutOfBlock(source, block)
  const { indent } = layout
  const end = (kind: 'field' | 'attribute'): number | null => {
    const member = block.members.findLast((it) => it.kind === kind)
    return member === undefined ? null : lineEnd(content, member.end)
  }
  const fieldEnd = end('field') ?? lineEnd(content, block.bodyStart)
  const attributeEnd = end('attribute')
  const lines = printFields(fields, layout)
  const rest = attributes.map((text) => indent + text)
  const { eol } = lineBreakAt(content, fieldEnd, layout.eol)
  const ended = (texts: readonly string[]): string => texts.map((text) => text + eol).join('')
  const gap = rest.length > 0 && attributeEnd === null ? [''] : []
  if (attributeEnd === null || attributeEnd === fieldEnd)
    return [insertion(fieldEnd, ended([...lines, ...gap, ...rest]))]
  return [insertion(fieldEnd, ended(lines)), insertion(attributeEnd, ended(rest))].filter(
    ({ text }) => text !== '',
  )
}

const insertion = (at: number, text: string): Edit => ({ start: at, end: at, text })

/** Where the next line begins. */
function lineEnd(content: string, from: number): number {
  const newline = content.indexOf('\n', from)
  return newline < 0 ? content.length : newline + 1
}

/** The line end that stands before an offset, as a file may have both kinds. */
function lineBreakAt(content: string, at: number, fallback: string): { eol: string } {
  const before = content.slice(Math.max(0, at - 2), at)
  return { eol: before === '\r\n' ? '\r\n' : before.endsWith('\n') ? '\n' : fallback }
}
