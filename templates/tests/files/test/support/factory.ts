import { expect } from 'vitest'
import { api, testFile, type Row } from './api.js'

/** A column of a row that is made when it is needed. */
class Reference {
  constructor(
    private readonly factory: Factory,
    private readonly index: number,
    private readonly column: string,
  ) {}

  async value(): Promise<unknown> {
    const row = await this.factory.row(this.index)
    return row[this.column]
  }
}

export interface Factory {
  /** Where the API serves the model: `/api/posts`. */
  readonly path: string
  readonly count: number
  /** Body `index` of a create, with the rows it refers to made. */
  body(index: number): Promise<Row>
  /** Row `index`, made once per test file. */
  row(index: number): Promise<Row>
  /** Stands in a body for a column of row `index`. */
  ref(index: number, column: string): Reference
  /** Address of a row; null where rows have none. */
  pathOf(row: Row): string | null
}

/**
 * Makes rows of one model through the API.
 * @param options.key columns that find a row; null where rows have no address
 * @param options.bodies bodies of a create, each of them valid beside the others
 */
export function factory(options: {
  readonly path: string
  readonly key: readonly string[] | null
  readonly bodies: readonly Row[]
}): Factory {
  const { path, key, bodies } = options
  const made = new Map<number, Promise<Row>>()
  let madeFor = testFile.number

  async function body(index: number): Promise<Row> {
    const entries = Object.entries(bodies[index] ?? {}).map(async ([name, value]) => [
      name,
      value instanceof Reference ? await value.value() : value,
    ])
    return Object.fromEntries(await Promise.all(entries))
  }

  async function make(index: number): Promise<Row> {
    const reply = await api.post(path, await body(index))
    expect(reply, `POST ${path}`).toMatchObject({ status: 201 })
    return reply.body.data
  }

  const self: Factory = {
    path,
    count: bodies.length,
    body,
    row(index) {
      if (madeFor !== testFile.number) made.clear()
      madeFor = testFile.number
      const row = made.get(index) ?? make(index)
      made.set(index, row)
      return row
    },
    ref: (index, column) => new Reference(self, index, column),
    pathOf: (row) =>
      key && [path, ...key.map((name) => encodeURIComponent(String(row[name])))].join('/'),
  }
  return self
}
