import { commonLines } from './lines.js'
import type { Settle } from './markers.js'
import type { NamePair } from './names.js'

/**
 * Settles clashes in which the generator changed nothing but names: the user's lines stay, and get the new names where
 * they have the old ones still.
 */
export function settleByNames(words: readonly NamePair[]): Settle {
  const pieces = piecesOf(words)
  return ({ ours, base, theirs }) => {
    const old = pieces(base.join('\n'))
    const names = namesIn(old, theirs.join('\n'))
    if (names === null) return null
    const kept = pieces(ours.join('\n')).map(({ text }) => text)
    const before = old.map(({ text }) => text)
    for (const [from, to] of commonLines(before, [...kept])) kept[to] = names.get(from) ?? kept[to]!
    return ours.length === 0 ? [] : kept.join('').split('\n')
  }
}

/** A part of a text: a name that may have changed with what it may be now, or anything else. */
type Piece = { readonly text: string; readonly now: readonly string[] }

function piecesOf(words: readonly NamePair[]): (text: string) => Piece[] {
  const now = new Map<string, string[]>()
  for (const { from, to } of words) now.set(from, [...(now.get(from) ?? []), to])
  const names = words
    .toSorted((a, b) => b.from.length - a.from.length)
    .map(({ from, where }) => {
      // Within an identifier a name ends where the next word begins.
      const start = where === 'part' ? '' : '(?<![A-Za-z0-9_$])'
      return `${start}${escaped(from)}(?![a-z0-9])`
    })
  const pattern = new RegExp(`(${[...new Set(names)].join('|') || '(?!)'})`)
  return (text) =>
    text.split(pattern).flatMap((part, index): Piece[] => {
      if (index % 2 === 1) return [{ text: part, now: now.get(part) ?? [] }]
      return (part.match(/[\w$]+|\s+|[^\w\s]/g) ?? []).map((piece) => ({ text: piece, now: [] }))
    })
}

const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}-]/g, '\\$&')

/**
 * Which names have changed, by the place of their piece; layout is no difference.
 * @returns null where more has changed than names, or nothing
 */
function namesIn(old: readonly Piece[], theirs: string): Map<number, string> | null {
  const places = old.flatMap(({ now }, index) => (now.length > 0 ? [index] : []))
  const pattern = old.map(({ text, now }) => {
    if (now.length === 0) return escaped(squeezed(text))
    return `(${[text, ...now].map((name) => escaped(squeezed(name))).join('|')})`
  })
  const found = new RegExp(`^${withoutTrailing(pattern.join(''))}$`).exec(
    withoutTrailing(squeezed(theirs)),
  )
  if (found === null) return null
  const changed = places.flatMap((place, index): [number, string][] => {
    const { text, now } = old[place]!
    const name = [text, ...now].find((one) => squeezed(one) === found[index + 1])
    return name === undefined || name === text ? [] : [[place, name]]
  })
  return changed.length === 0 ? null : new Map(changed)
}

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '')

/** A list that is broken into lines has a comma at its end. */
const withoutTrailing = (text: string): string => text.replaceAll(/,(?=\\?[)\]}])/g, '')
