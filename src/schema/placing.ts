import { bareAnnotations } from './bare.js'
import { splitDocumentation, type DocLine, type Found } from './doc-lines.js'
import type { Problem } from './problems.js'
import type { Comment } from './scan.js'
import type { Block, Member, Source } from './source.js'
import { ALL_SIGNED, isModelAnnotation, signed, type AnnotationName } from './vocabulary.js'

/** An annotation of ours that stands where it may: above a model, or above or behind a field. */
export type Placed = {
  readonly found: Found
  readonly name: AnnotationName
  readonly model: string
  readonly field: string | null
}

type Place = { readonly block: Block; readonly member: Member | null }

/** Finds the annotations of a file; those that stand in a wrong place, or are a slip, are problems. */
export function placeAnnotations(source: Source): { placed: Placed[]; problems: Problem[] } {
  const placer = new Placer(source)
  for (const block of source.blocks) {
    placer.comments(block.docs, { block, member: null })
    for (const member of block.members) {
      placer.comments(member.docs, { block, member })
      if (member.trailing !== null) placer.comments([member.trailing], { block, member })
      if (isModel(block) && member.kind === 'attribute')
        placer.all(bareAnnotations(source, member), { block, member: null })
    }
  }
  placer.comments(source.orphans, null)
  return placer
}

const isModel = ({ kind }: Block): boolean => kind === 'model' || kind === 'view'

class Placer {
  readonly placed: Placed[] = []
  readonly problems: Problem[] = []

  constructor(private readonly source: Source) {}

  comments(comments: readonly Comment[], place: Place | null): void {
    const lines: DocLine[] = []
    for (const comment of comments) {
      // Where comments belong to nothing, neighbours in this list need not be neighbours in the file.
      const line = { text: comment.text, offset: comment.textOffset }
      if (comment.kind === 'plain') this.plain(line)
      else if (place === null) this.all(splitDocumentation([line]).found, null)
      else lines.push(line)
    }
    this.all(splitDocumentation(lines).found, place)
  }

  all(found: readonly Found[], place: Place | null): void {
    for (const one of found) this.one(one, place)
  }

  /** Only a name of ours as it should be: the rest of a `//` comment is nobody's business. */
  private plain(line: DocLine): void {
    for (const found of splitDocumentation([line]).found)
      if (found.recognised.kind === 'exact' && found.flaw === null)
        this.fail(
          found,
          `${signed(found.recognised.name)} stands in a // comment, which Prisma drops.`,
          `/// ${line.text.trim()}`,
        )
  }

  private one(found: Found, place: Place | null): void {
    const { recognised } = found
    if (recognised.kind === 'slip') return this.slip(found)
    const { name } = recognised
    const block = place !== null && isModel(place.block) ? place.block : null
    const field = place?.member?.name ?? null
    if (block === null) return this.nowhere(found, name, place)
    if (isModelAnnotation(name) === (field === null))
      this.placed.push({ found, name, model: block.name, field })
    else if (field === null)
      this.fail(
        found,
        `${signed(name)} is an annotation of a field, and stands above the model ${block.name}.`,
        `${this.comment(found)}\n<the field it is for>`,
      )
    else
      this.fail(
        found,
        `${signed(name)} is an annotation of a model, and stands at the field ${field}.`,
        `${this.comment(found)}\n${block.kind} ${block.name} {`,
      )
  }

  private slip(found: Found): void {
    const { recognised, span } = found
    if (recognised.kind !== 'slip') return
    const { written, nearest } = recognised
    const rest = span.text.slice(found.start + written.length, found.end)
    this.fail(
      found,
      nearest === null
        ? `${written} is not an annotation; there is ${ALL_SIGNED.join(', ')}.`
        : `${written} is not an annotation. Did you mean ${signed(nearest)}?`,
      nearest === null
        ? `/// ${written.slice(2)}${oneLine(rest)}`
        : `/// ${signed(nearest)}${oneLine(rest)}`,
    )
  }

  private nowhere(found: Found, name: AnnotationName, place: Place | null): void {
    const what =
      place === null
        ? 'stands above no model and no field, where Prisma drops it'
        : `stands at ${place.member === null ? `${place.block.kind} ${place.block.name}` : `${place.member.name} of ${place.block.kind} ${place.block.name}`}, which takes no annotations`
    const owner = this.blockAt(found)
    const target = isModelAnnotation(name)
      ? owner === null
        ? 'model <Name> {'
        : `${owner.kind} ${owner.name} {`
      : '<the field it is for>'
    this.fail(found, `${signed(name)} ${what}.`, `${this.comment(found)}\n${target}`)
  }

  /** The model whose braces an annotation stands in. */
  private blockAt({ span, start }: Found): Block | null {
    const offset = span.offset(start)
    const inside = this.source.blocks.find((it) => it.bodyStart <= offset && offset < it.bodyEnd)
    return inside !== undefined && isModel(inside) ? inside : null
  }

  private comment({ span, start, end }: Found): string {
    return `/// ${oneLine(span.text.slice(start, end))}`
  }

  private fail({ span, start }: Found, message: string, corrected: string): void {
    this.problems.push({ at: this.source.at(span.offset(start)), message, corrected })
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')
