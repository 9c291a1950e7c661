/** Encodes a text for an address; half a surrogate pair is sent as the bytes that some encoders make of it. */
export const encoded = (text: string): string =>
  Array.from(text, (character) =>
    /\p{Cs}/u.test(character) ? '%ED%A0%80' : encodeURIComponent(character),
  ).join('')

/** A query string in the way of `where[title][in]=a,b`. */
export function queryText(values: object): string {
  return Object.entries(values)
    .flatMap(([name, value]) => pairs(encoded(name), value))
    .join('&')
}

function pairs(name: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    const texts = value.map((item) => (typeof item === 'object' ? null : encoded(String(item))))
    if (value.length > 0 && !texts.includes(null)) return [`${name}=${texts.join(',')}`]
    return value.flatMap((item, index) => pairs(`${name}[${index}]`, item))
  }
  if (typeof value !== 'object' || value === null) return [`${name}=${encoded(String(value))}`]
  return Object.entries(value).flatMap(([key, inner]) => pairs(`${name}[${encoded(key)}]`, inner))
}
