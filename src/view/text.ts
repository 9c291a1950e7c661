/**
 * Schema text on its way into code, escaped for the place it lands in. Every comment, name in the
 * database, enum value or default is somebody's text: nothing of it may end the literal it stands in.
 */

/** A single-quoted TypeScript string literal. */
export function stringLiteral(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner.replace(INVISIBLE, unicodeEscape)}'`
}

/** A TypeScript literal for JSON data: strings as `stringLiteral`, the rest as JSON writes it. */
export function literal(value: unknown): string {
  if (typeof value === 'string') return stringLiteral(value)
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${propertyKey(key)}: ${literal(item)}`,
    )
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return String(value)
}

/** A property name: bare where that is valid, else quoted; `__proto__` computed, so that it is a key like any other. */
export function propertyKey(name: string): string {
  if (name === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : stringLiteral(name)
}

/**
 * An object literal as the value of a property. Under a name that every object has (`constructor`) the compiler takes
 * the type of that for context and widens the literal; `as const` keeps it narrow.
 */
export const memberLiteral = (name: string, object: string): string =>
  name in Object.prototype ? `${object} as const` : object

/** Text for inside a block comment: one line, unable to close it. */
export function commentText(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replaceAll('*/', '*\\/').replace(INVISIBLE, unicodeEscape)
}

// Line separators end a comment or a string in older parsers; direction marks make code read other than it runs.
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g
const unicodeEscape = (char: string): string =>
  `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
