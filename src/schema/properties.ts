import type { Block, Member, Source } from './source.js'

/** A property of a generator or datasource block. */
export type Property = {
  readonly member: Member
  readonly name: string
  /** The text after `=`, and where it begins. */
  readonly value: string
  readonly valueOffset: number
}

export function propertiesOf(source: Source, block: Block): Property[] {
  return block.members.flatMap((member) => {
    const equals = member.code.indexOf('=')
    if (equals === -1) return []
    const text = source.content.slice(member.offset + equals + 1, member.end)
    return [
      {
        member,
        name: member.name,
        value: text.trim(),
        valueOffset: member.end - text.trimStart().length,
      },
    ]
  })
}

/** The strings of `"a"` or `["a", "b"]`, and where each begins. */
export function stringsOf(property: Property): { value: string; offset: number }[] {
  return [...property.value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => ({
    value: match[1]!,
    offset: property.valueOffset + match.index,
  }))
}

export function stringOf(source: Source, block: Block, name: string): string | null {
  const property = propertiesOf(source, block).find((it) => it.name === name)
  return (property && stringsOf(property)[0]?.value) ?? null
}
