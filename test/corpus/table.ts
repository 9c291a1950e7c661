import { COMBINATIONS } from '../examples/combinations.js'
import { failedAt, secondsOf } from '../proof/attempt.js'
import { markdownTable } from '../proof/markdown.js'
import { labelOf, type Result } from './result.js'

/** One line a schema: what it came to in each combination, and the time all of them took. */
export function tableOf(results: readonly Result[]): string {
  const schemas = [...new Set(results.map(({ schema }) => schema))]
  const rows = schemas.map((schema) => {
    const own = results.filter((result) => result.schema === schema)
    const cells = COMBINATIONS.map((combination) =>
      cellOf(own.find((result) => labelOf(result.combination) === labelOf(combination))),
    )
    const { provider = '', models = 0 } = own.find((result) => result.provider !== '') ?? {}
    const seconds = secondsOf(own.flatMap(({ steps }) => steps))
    return [schema, provider, String(models), ...cells, seconds, reasonsOf(own)]
  })
  const head = ['schema', 'database', 'models', ...COMBINATIONS.map(labelOf), 'seconds', 'reason']
  return markdownTable(head, rows)
}

function cellOf(result: Result | undefined): string {
  if (result === undefined) return ''
  return result.outcome === 'failed' ? failedAt(result.steps) : result.outcome
}

const reasonsOf = (results: readonly Result[]): string =>
  [...new Set(results.map(({ reason }) => reason).filter((reason) => reason !== ''))].join('; ')
