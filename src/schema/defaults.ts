import { closing } from './doc-lines.js'
import type { RawField } from './datamodel.js'
import type { DefaultValue } from './model.js'
import type { Place } from './places.js'

/**
 * The default of a field. Decimals are read from the schema's text, as Prisma hands them over as a JavaScript
 * number that has lost digits; they are strings here.
 */
export function defaultOf(field: RawField, place: Place): DefaultValue | null {
  const value = field.default
  if (value === undefined) return null
  if (field.type === 'Decimal') {
    const exact = decimalsOf(field, place)
    if (exact !== null) return exact
  }
  if (Array.isArray(value)) return { kind: 'list', values: value as readonly string[] }
  if (typeof value === 'object')
    return { kind: 'function', ...(value as { name: string; args: readonly unknown[] }) }
  return { kind: 'literal', value: value as string }
}

function decimalsOf(field: RawField, { source, members }: Place): DefaultValue | null {
  const member = members.get(field.name)
  const match = member && /@default\s*\(/.exec(member.code)
  if (!member || !match) return null
  const open = match.index + match[0].length - 1
  const inside = member.code.slice(open + 1, closing(member.code, open))
  const text = source.content.slice(
    member.offset + open + 1,
    member.offset + open + 1 + inside.length,
  )
  const numbers = text.match(/-?\d+(\.\d+)?/g) ?? []
  if (field.isList) return { kind: 'list', values: numbers }
  return /^\s*"?-?\d/.test(text) ? { kind: 'literal', value: numbers[0]! } : null
}
