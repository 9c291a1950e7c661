/** Names that the generated client, or Prisma's language, takes for itself. */
const TAKEN = new Set([
  ...[
    'Prisma',
    'PrismaClient',
    'AND',
    'OR',
    'NOT',
    'as',
    'model',
    'enum',
    'view',
    'type',
    'datasource',
    'generator',
  ],
  ...[
    'String',
    'Boolean',
    'Int',
    'BigInt',
    'Float',
    'Decimal',
    'DateTime',
    'Json',
    'Bytes',
    'Unsupported',
  ],
])

/** Hands out names that Prisma can work with, each once. */
export class Names {
  private readonly used: Set<string>

  /** @param taken names that are spoken for */
  constructor(taken: readonly string[] = []) {
    this.used = new Set(taken.map(keyOf))
  }

  /**
   * @param kind what to call it where nothing of its name is left: `table`, `column`, `value`
   * @returns the name in the schema; where it differs from `original`, that is to be mapped
   */
  take(original: string, kind: string): string {
    const clean = original.replace(/^[^a-zA-Z]+/, '').replaceAll(/[^_a-zA-Z0-9]/g, '_')
    const base = clean === '' ? kind : clean
    const free = kind === 'table' && TAKEN.has(base) ? `${base}_` : base
    return this.add(clean === '' ? `${free}_1` : free, free)
  }

  /** A name for a relation field: `base`, or the first alternative that is free. */
  add(wanted: string, stem = wanted): string {
    let name = wanted
    for (let number = 2; this.used.has(keyOf(name)); number++) name = `${stem}_${number}`
    this.used.add(keyOf(name))
    return name
  }

  has(name: string): boolean {
    return this.used.has(keyOf(name))
  }
}

/** The client's names start with a small letter: `User` and `user` are one. */
const keyOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** A text as a string of Prisma's language. */
export const quote = (text: string): string =>
  `"${text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')}"`
