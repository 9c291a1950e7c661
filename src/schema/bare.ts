import { closing, splitDocumentation, type Found } from './doc-lines.js'
import { removal, type Edit } from './edits.js'
import type { Changes } from './normalise.js'
import type { Block, Member, Source } from './source.js'
import { isModelAnnotation, recognise, signed, type Recognised } from './vocabulary.js'

/**
 * Annotations that stand as attributes inside a block, where Prisma refuses them. One of a model is moved into
 * `///` above it; at a field no move is sure to be what was meant (the line may hold more), so it is an error.
 */
export function dropBareAnnotations(source: Source, changes: Changes): void {
  for (const block of source.blocks) {
    if (block.kind !== 'model' && block.kind !== 'view') continue
    for (const member of block.members) {
      if (member.kind === 'attribute') dropAttribute(source, block, member, changes)
      else dropFieldAttributes(source, block, member, changes)
    }
  }
}

/** The annotations of a bare attribute that is moved above its model. */
export function bareAnnotations(source: Source, member: Member): Found[] {
  const text = source.content.slice(member.offset, member.end)
  const { found } = splitDocumentation([{ text, offset: member.offset }])
  return found.some(({ recognised }) => recognised.kind === 'exact') ? found : []
}

function dropAttribute(source: Source, block: Block, member: Member, changes: Changes): void {
  const text = source.content.slice(member.offset, member.end)
  const recognised = recognise(text)
  if (recognised === null) return
  if (recognised.kind === 'exact') {
    changes.edit(source, removal(source.content, member.offset, member.end))
    changes.edit(source, insertAbove(source, block, oneLine(text)))
    changes.note(
      source,
      member.offset,
      `Moved ${signed(recognised.name)} of ${block.name} into a /// comment above it, where Prisma lets it stand.`,
    )
    return
  }
  const { nearest } = recognised
  if (nearest === null) return
  changes.edit(source, removal(source.content, member.offset, member.end))
  changes.problems.push({
    at: source.at(member.offset),
    message: `${recognised.written} is not an annotation of a model. Did you mean ${signed(nearest)}?`,
    corrected: isModelAnnotation(nearest)
      ? `/// ${signed(nearest)}${oneLine(text.slice(recognised.length))}\nmodel ${block.name} {`
      : `/// ${signed(nearest)}\n<the field it is for>`,
  })
}

const oneLine = (text: string): string => text.replace(/\s*\r?\n\s*/g, ' ')

function insertAbove(source: Source, block: Block, text: string): Edit {
  const lineStart = source.content.lastIndexOf('\n', block.offset - 1) + 1
  const before = source.content.slice(lineStart, block.offset)
  const indent = before.trim() === '' ? before : ''
  const first = before.trim() === '' ? '' : source.eol
  return {
    start: block.offset,
    end: block.offset,
    text: `${first}/// ${text}${source.eol}${indent}`,
  }
}

function dropFieldAttributes(source: Source, block: Block, member: Member, changes: Changes): void {
  const text = source.content.slice(member.offset, member.end)
  const found = fieldAttributes(text, member.code)
  if (found.length === 0) return
  const edits = found.map(({ start, end }) => ({ start, end, text: '' }))
  for (const { start, end } of edits)
    changes.edit(source, { start: member.offset + start, end: member.offset + end, text: '' })
  const rest = edits
    .reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
    .trim()
  for (const { start, end, recognised } of found)
    changes.problems.push(
      toProblem(source, block, member, { start, text: text.slice(start, end), rest, recognised }),
    )
}

function toProblem(
  source: Source,
  block: Block,
  member: Member,
  at: { start: number; text: string; rest: string; recognised: Recognised },
): Changes['problems'][number] {
  const { recognised } = at
  const name = recognised.kind === 'exact' ? recognised.name : recognised.nearest!
  const written = at.text.trim()
  const corrected = `/// ${signed(name)}${oneLine(written.slice(recognised.length))}`
  const position = source.at(member.offset + at.start + at.text.indexOf('@'))
  if (isModelAnnotation(name))
    return {
      at: position,
      message: `${signed(name)} is an annotation of a model, and stands at the field ${member.name}.`,
      corrected: `${corrected}\nmodel ${block.name} {`,
    }
  const message =
    recognised.kind === 'exact'
      ? `${signed(name)} stands bare at the field ${member.name}, where Prisma refuses it.`
      : `${recognised.written} is not an annotation. Did you mean ${signed(name)}?`
  return { at: position, message, corrected: `${corrected}\n${at.rest}` }
}

type FieldAttribute = { start: number; end: number; recognised: Recognised }

/** Attributes of a field line that are ours or meant to be; `start` includes the space before. */
function fieldAttributes(text: string, code: string): FieldAttribute[] {
  const found: FieldAttribute[] = []
  for (const match of code.matchAll(/\s+(?=@@?[A-Za-z])/g)) {
    const at = match.index + match[0].length
    const recognised = recognise(text.slice(at))
    if (recognised === null || (recognised.kind === 'slip' && recognised.nearest === null)) continue
    const after = at + recognised.length
    const close = text[after] === '(' ? closing(text, after) : after - 1
    found.push({ start: match.index, end: close === -1 ? text.length : close + 1, recognised })
  }
  return found
}
