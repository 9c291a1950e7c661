import type { Operation } from './operations.js'

const CLASSES = ['2xx', '3xx', '4xx', '5xx'] as const

/** How many answers of each class of status there were. */
export class Counts {
  private readonly of = new Map<string, Map<string, number>>()

  constructor(private readonly operations: readonly Operation[]) {}

  add(operation: string, status: number): void {
    const row = this.of.get(operation) ?? new Map<string, number>()
    const name = `${Math.floor(status / 100)}xx`
    row.set(name, (row.get(name) ?? 0) + 1)
    this.of.set(operation, row)
  }

  /** Operations that never did what they were asked to. */
  neverDone(): string[] {
    return this.operations.map(({ id }) => id).filter((id) => this.sum([id], '2xx') === 0)
  }

  /** One line for each operation. */
  perOperation(): string {
    return table(this.operations.map(({ id }) => this.line(id, [id])))
  }

  /** One line for each kind of operation, whatever the model. */
  perKind(): string {
    const ids = this.operations.map(({ id }) => id)
    const kinds = new Set(this.operations.map(kindOf))
    const lines = [...kinds].map((kind) => {
      const those = this.operations.filter((operation) => kindOf(operation) === kind)
      return this.line(
        kind,
        those.map(({ id }) => id),
      )
    })
    return table([...lines, this.line('all', ids)])
  }

  private line(name: string, ids: readonly string[]): string {
    return row(
      name,
      CLASSES.map((status) => String(this.sum(ids, status))),
    )
  }

  private sum(ids: readonly string[], status: string): number {
    return ids.reduce((total, id) => total + (this.of.get(id)?.get(status) ?? 0), 0)
  }
}

const row = (name: string, cells: readonly string[]): string =>
  name.padEnd(28) + cells.map((cell) => cell.padStart(7)).join('')

const table = (lines: readonly string[]): string => [row('', CLASSES), ...lines].join('\n')

const kindOf = ({ method, path }: Operation): string =>
  `${method} ${path.replace(/^\/api\/[^/]+/, '/api/*').replace(/(\/\{\w+\})+/, '/:id')}`
