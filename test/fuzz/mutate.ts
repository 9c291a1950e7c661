import * as fc from 'fast-check'
import { hostileName, hostileValue, withMember } from './hostile.js'

/** One change of a value somewhere in it. */
export type Mutation = {
  readonly do: 'replace' | 'remove' | 'add' | 'rename' | 'wrap' | 'empty' | 'double'
  /** Which of the places in the value, counted round. */
  readonly at: number
  readonly name: string
  readonly value: unknown
}

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  do: fc.oneof(
    { weight: 4, arbitrary: fc.constant('replace' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...(['remove', 'add', 'rename', 'wrap', 'empty', 'double'] as const),
      ),
    },
  ),
  at: fc.nat(1000),
  name: hostileName,
  value: hostileValue,
})

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

const placesIn = (value: unknown): number =>
  1 +
  (isContainer(value)
    ? Object.values(value).reduce((sum: number, member) => sum + placesIn(member), 0)
    : 0)

/** The value with one change. */
export function mutated(value: unknown, { at, ...change }: Mutation): unknown {
  return changedAt(value, { at: at % placesIn(value), ...change })
}

function changedAt(value: unknown, change: Mutation): unknown {
  if (change.at === 0) return changed(value, change)
  let left = change.at - 1
  if (!isContainer(value)) return value
  for (const [key, member] of Object.entries(value)) {
    const size = placesIn(member)
    if (left < size) return memberChanged(value, key, member, { ...change, at: left })
    left -= size
  }
  return value
}

function memberChanged(parent: object, key: string, member: unknown, change: Mutation): unknown {
  if (Array.isArray(parent))
    return parent.map((item, index) => (String(index) === key ? changedAt(item, change) : item))
  const moves = change.at === 0 && (change.do === 'remove' || change.do === 'rename')
  const kept = Object.entries(parent).filter(([name]) => !moves || name !== key)
  const copy = kept.reduce((all: object, [name, it]) => withMember(all, name, it), {})
  if (!moves) return withMember(copy, key, changedAt(member, change))
  return change.do === 'remove' ? copy : withMember(copy, change.name, member)
}

function changed(value: unknown, change: Mutation): unknown {
  switch (change.do) {
    case 'add':
      return isContainer(value) && !Array.isArray(value)
        ? withMember(value, change.name, change.value)
        : withMember({}, change.name, value)
    case 'wrap':
      return [value]
    case 'double':
      return Array.isArray(value) ? [...value, ...value] : [value, value]
    case 'empty':
      return Array.isArray(value) ? [] : {}
    default:
      return change.value
  }
}
