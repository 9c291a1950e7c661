import type { Span } from './lexer.js'
import { recognise, type Recognised } from './vocabulary.js'

/** A line of documentation, and where its text begins in the schema. */
export type DocLine = { readonly text: string; readonly offset: number }

/** An annotation as it is written, not yet checked. */
export type Found = {
  readonly recognised: Recognised
  readonly span: Span
  /** Indices in the span: the first sign, and what follows the annotation. */
  readonly start: number
  readonly end: number
  /** What stands between the parentheses; null where there are none. */
  readonly inside: { readonly from: number; readonly to: number } | null
  /** What is wrong with its outer form. */
  readonly flaw: string | null
}

/** Tells annotations from prose. Several may share a line; an open parenthesis goes on in the next line. */
export function splitDocumentation(lines: readonly DocLine[]): { found: Found[]; prose: string[] } {
  const found: Found[] = []
  const prose: string[] = []
  for (let i = 0; i < lines.length; i++) {
    const read = readLine(lines, i)
    if (read.found.length === 0) prose.push(lines[i]!.text)
    found.push(...read.found)
    i = read.last
  }
  return { found, prose }
}

/** @returns the annotations that begin in a line, and the index of the last line they take up */
function readLine(lines: readonly DocLine[], first: number): { found: Found[]; last: number } {
  const found: Found[] = []
  let last = first
  let span = spanOf(lines, first, first)
  let at = skipSpace(span.text, 0)
  while (span.text[at] === '@') {
    const recognised = recognise(span.text.slice(at, at + 500))
    if (recognised === null) break
    const open = skipSpace(span.text, at + recognised.length)
    let close = span.text[open] === '(' ? closing(span.text, open) : null
    while (close === -1 && last + 1 < lines.length) {
      span = spanOf(lines, first, ++last)
      close = closing(span.text, open)
    }
    if (close === -1) {
      last = first
      span = spanOf(lines, first, first)
    }
    found.push(toFound(recognised, span, at, open, close))
    at = skipSpace(span.text, found.at(-1)!.end)
  }
  if (found.length > 0 && at < span.text.length && found.at(-1)!.flaw === null)
    found[found.length - 1] = { ...found.at(-1)!, flaw: TEXT_AFTER }
  return { found, last }
}

export const TEXT_AFTER = 'Text stands behind it; put that on a line of its own.'

function toFound(
  recognised: Recognised,
  span: Span,
  start: number,
  open: number,
  close: number | null,
): Found {
  const base = { recognised, span, start, flaw: null }
  if (close === null) return { ...base, end: start + recognised.length, inside: null }
  if (close === -1)
    return {
      ...base,
      end: span.text.length,
      inside: null,
      flaw: 'The parenthesis, or a string in it, is not closed.',
    }
  return { ...base, end: close + 1, inside: { from: open + 1, to: close } }
}

/** Lines joined, and the place of each character. */
function spanOf(lines: readonly DocLine[], first: number, last: number): Span {
  const used = lines.slice(first, last + 1)
  return {
    text: used.map(({ text }) => text).join('\n'),
    offset(index) {
      let rest = index
      for (const line of used) {
        if (rest <= line.text.length) return line.offset + rest
        rest -= line.text.length + 1
      }
      const end = used.at(-1)!
      return end.offset + end.text.length
    },
  }
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text[at]!)) at++
  return at
}

/** Index of the parenthesis that closes the one at `open`; -1 where none does. */
export function closing(text: string, open: number): number {
  let depth = 0
  let quote: string | null = null
  for (let at = open; at < text.length; at++) {
    const character = text[at]!
    if (quote !== null) {
      if (character === '\\') at++
      else if (character === quote) quote = null
    } else if (character === '"' || character === "'") quote = character
    else if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at
  }
  return -1
}
