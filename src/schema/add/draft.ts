import { WordProblem } from './problem.js'

/** A line of a model: `attributes` is empty where it has none. */
export type FieldLine = {
  readonly name: string
  readonly type: string
  readonly attributes: string
}

/** What a model gets: all of it where it is new. */
export type ModelDraft = {
  readonly name: string
  readonly isNew: boolean
  readonly fields: readonly FieldLine[]
  /** `@@…` lines. */
  readonly attributes: readonly string[]
}

export type EnumDraft = {
  readonly name: string
  readonly values: readonly string[]
  readonly attributes: readonly string[]
}

/** What is added to a schema: nothing of it is text of a file yet. */
export type Draft = {
  readonly models: readonly ModelDraft[]
  readonly enums: readonly EnumDraft[]
  /** What the reader should know about it. */
  readonly notes: readonly string[]
}

/** How the attributes of a block follow each other. */
const ORDER = ['@@id', '@@unique', '@@index', '@@map', '@@schema']

/** Attributes that are there, in one text. */
export const joined = (parts: readonly string[]): string => parts.filter(Boolean).join(' ')

type Growing = {
  readonly isNew: boolean
  readonly fields: FieldLine[]
  readonly attributes: string[]
}

/** Collects lines by model, in the order they are found. */
export class Drafting {
  readonly enums: EnumDraft[] = []
  readonly notes: string[] = []
  private readonly models = new Map<string, Growing>()
  /** Names of fields by model, those that are there included. */
  private readonly names = new Map<string, Map<string, string>>()

  /** @param names fields that a model has already */
  open(model: string, isNew: boolean, names: Iterable<string>): void {
    if (this.names.has(model)) return
    this.models.set(model, { isNew, fields: [], attributes: [] })
    this.names.set(model, new Map([...names].map((name) => [name, 'is there already'])))
  }

  has(model: string, name: string): boolean {
    return this.names.get(model)!.has(name)
  }

  /**
   * Takes a name before its line is written.
   * @throws WordProblem where it is taken
   */
  claim(model: string, name: string, by: string): void {
    const holder = this.names.get(model)!.get(name)
    if (holder !== undefined) throw new WordProblem(`${model}.${name} ${holder}.`)
    this.names.get(model)!.set(name, `comes with '${by}'`)
  }

  /** The first of some names that is free, claimed; numbers follow the last one. */
  claimFirst(model: string, candidates: readonly string[], by: string): string {
    const last = candidates.at(-1)!
    const numbered = Array.from({ length: 100 }, (_, i) => `${last}${i + 2}`)
    const name = [...candidates, ...numbered].find((it) => !this.has(model, it))!
    this.claim(model, name, by)
    return name
  }

  field(model: string, line: FieldLine): void {
    this.models.get(model)!.fields.push(line)
  }

  attribute(model: string, text: string): void {
    const { attributes } = this.models.get(model)!
    if (!attributes.includes(text)) attributes.push(text)
  }

  finish(): Draft {
    const models = [...this.models]
      .map(([name, { isNew, fields, attributes }]) => ({
        name,
        isNew,
        fields,
        attributes: ORDER.flatMap((kind) => attributes.filter((text) => text.startsWith(kind))),
      }))
      .filter(({ isNew, fields, attributes }) => isNew || fields.length + attributes.length > 0)
    return { models, enums: this.enums, notes: this.notes }
  }
}
