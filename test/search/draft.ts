import type { Row } from '../policies/scene.js'
import { linksOf, type Rows } from './spec.js'
import { keyOf, type RandomOracle } from './world.js'

/** What becomes of a row in one request, however many parts of the request change it. */
export type Change = {
  readonly model: string
  readonly key: string
  /** Null for a new row. */
  readonly before: Row | null
  /** Fields that are written. */
  readonly fields: Set<string>
  /** False where it is written only as the other end of what stays connected as it was. */
  asked: boolean
  /** Columns that are written. */
  readonly columns: Set<string>
  /** True where the request names it as what it changes, not as the other end of something. */
  named: boolean
  readonly deleted?: boolean
}

/** Refused, whatever the rules say of the rows. */
export class Refused extends Error {}

/** The rows as a request leaves them, and what it changes. */
export class Draft {
  readonly changes = new Map<string, Change>()
  /** True where parts of the request contradict each other: which of them counts is not written anywhere. */
  unclear = false
  private readonly rows: Record<string, Map<string, Row>> = {}
  private readonly links: Record<string, Map<string, Row>> = {}
  private readonly written = new Map<string, unknown>()

  constructor(readonly before: RandomOracle) {
    for (const [name, rows] of Object.entries(before.world))
      if (name.startsWith('~'))
        this.links[name] = new Map(rows.map((link) => [linkText(link), link]))
      else this.rows[name] = new Map(rows.map((row) => [keyOf(before.model(name), row), row]))
  }

  /** All rows as they are now. */
  get world(): Rows {
    const lists = [...Object.entries(this.rows), ...Object.entries(this.links)]
    return Object.fromEntries(lists.map(([name, rows]) => [name, [...rows.values()]]))
  }

  at(model: string, key: string): Row | undefined {
    return this.rows[model]!.get(key)
  }

  /** @throws Refused for a key that is taken */
  create(model: string, row: Row, fields: Iterable<string>): void {
    const key = keyOf(this.before.model(model), row)
    if (this.rows[model]!.has(key)) throw new Refused(`${model} ${key} is there already`)
    this.rows[model]!.set(key, row)
    const change = { ...newChange(model, key, null), fields: new Set(fields), asked: true }
    this.changes.set(`${model} ${key}`, change)
  }

  /** Writes columns of a row; `fields` may be more than these. */
  update(model: string, row: Row, fields: Iterable<string>, columns: Row, asked: boolean): Change {
    const key = keyOf(this.before.model(model), row)
    const change = this.touched(model, key)
    for (const name of fields) change.fields.add(name)
    change.asked ||= asked
    for (const [name, value] of Object.entries(columns)) {
      change.columns.add(name)
      this.note(`${model} ${key} ${name}`, value)
    }
    this.rows[model]!.set(key, { ...this.at(model, key), ...columns })
    return change
  }

  /** Changes whether two rows are connected, by a relation without a foreign key. */
  link(relation: string, link: Row, connected: boolean): void {
    const links = this.links[linksOf(relation)]!
    this.note(`${relation} ${linkText(link)}`, connected)
    if (connected) links.set(linkText(link), link)
    else links.delete(linkText(link))
  }

  isLinked(relation: string, link: Row): boolean {
    return this.links[linksOf(relation)]!.has(linkText(link))
  }

  remove(model: string, rows: readonly Row[]): void {
    for (const row of rows) {
      const key = keyOf(this.before.model(model), row)
      this.rows[model]!.delete(key)
      const change = { ...newChange(model, key, row), asked: true, deleted: true }
      this.changes.set(`${model} ${key}`, change)
    }
  }

  /** Takes over what the database does by itself. */
  replaceRows(rows: Rows): void {
    for (const [name, list] of Object.entries(rows))
      this.rows[name] = new Map(list.map((row) => [keyOf(this.before.model(name), row), row]))
  }

  /** Drops connections of rows that are gone. */
  dropLinks(relation: string, isGone: (link: Row) => boolean): void {
    const links = this.links[linksOf(relation)]!
    for (const [text, link] of links) if (isGone(link)) links.delete(text)
  }

  private touched(model: string, key: string): Change {
    const known = this.changes.get(`${model} ${key}`)
    if (known) return known
    const change = newChange(model, key, this.at(model, key)!)
    this.changes.set(`${model} ${key}`, change)
    return change
  }

  private note(what: string, value: unknown): void {
    if (this.written.has(what) && this.written.get(what) !== value) this.unclear = true
    this.written.set(what, value)
  }
}

const newChange = (model: string, key: string, before: Row | null): Change => ({
  ...{ model, key, before, asked: false, named: false },
  ...{ fields: new Set<string>(), columns: new Set<string>() },
})

const linkText = ({ from, to }: Row): string => `${String(from)} ${String(to)}`
