import type { Column } from './sample-keys.js'
import type { JsonValue } from './sample-value.js'
import { literal, stringLiteral } from './text.js'

/** A TypeScript literal of a value as it stands in the body of a request. */
export const jsonLiteral = (value: JsonValue): string => literal(value)

/** A TypeScript expression of a value as the Prisma client takes it: `new Date('…')`, `12n`, bytes. */
export function prismaLiteral(field: Column, value: JsonValue): string {
  if (!field.list) return prismaItem(field, value)
  return `[${(Array.isArray(value) ? value : []).map((item) => prismaItem(field, item)).join(', ')}]`
}

function prismaItem(field: Column, value: JsonValue): string {
  if (field.kind === 'scalar' && typeof value === 'string') {
    if (field.type === 'BigInt') return `${value}n`
    if (field.type === 'DateTime') return `new Date(${stringLiteral(dateOf(value))})`
    if (field.type === 'Bytes') return `Buffer.from(${stringLiteral(value)}, 'base64')`
  }
  return literal(value)
}

/** Prisma's form of a time of day is one of 1 January 1970. */
const dateOf = (value: string): string => (/^\d\d:/.test(value) ? `1970-01-01T${value}` : value)
