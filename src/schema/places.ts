import type { Position } from './model.js'
import type { Block, Member, Source } from './source.js'

/** Where a model, view or enum stands, and its fields by name. */
export type Place = {
  readonly source: Source
  readonly block: Block
  readonly at: Position
  readonly members: ReadonlyMap<string, Member>
}

/** Looks up models, views and enums of the text by name. */
export function placesOf(sources: readonly Source[]): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const source of sources) {
    for (const block of source.blocks) {
      if (block.kind === 'generator' || block.kind === 'datasource') continue
      const fields = block.members.filter(({ kind }) => kind === 'field')
      places.set(block.name, {
        source,
        block,
        at: source.at(block.offset),
        members: new Map(fields.map((member) => [member.name, member])),
      })
    }
  }
  return places
}

export function fieldPosition(place: Place, name: string): Position {
  const member = place.members.get(name)
  return member === undefined ? place.at : place.source.at(member.offset)
}

/** The type of a field as it is written: `String`, `Unsupported`, `Post`. */
export const typeOf = (member: Member): string => /^\w+\s+(\w+)/.exec(member.code)?.[1] ?? ''

export const hasAttribute = (member: Member, name: string): boolean =>
  new RegExp(`\\s@${name}(?![\\w.])`).test(member.code)

/** Required without a default: the database refuses a row that comes without it. */
export const mustBeGiven = (member: Member): boolean =>
  !/^\w+\s+\w+(\([^)]*\))?(\?|\[\])/.test(member.code) && !hasAttribute(member, 'default')
