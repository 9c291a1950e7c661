import { COMBINATIONS } from '../examples/combinations.js'
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
    return [schema, provider, String(models), ...cells, secondsOf(own), reasonsOf(own)]
  })
  const head = ['schema', 'database', 'models', ...COMBINATIONS.map(labelOf), 'seconds', 'reason']
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function cellOf(result: Result | undefined): string {
  if (result === undefined) return ''
  if (result.outcome !== 'failed') return result.outcome
  return `FAILED at ${result.steps.find(({ ok }) => !ok)?.name ?? 'create'}`
}

const secondsOf = (results: readonly Result[]): string =>
  results
    .flatMap(({ steps }) => steps)
    .reduce((sum, { seconds }) => sum + seconds, 0)
    .toFixed(0)

const reasonsOf = (results: readonly Result[]): string =>
  [...new Set(results.map(({ reason }) => reason).filter((reason) => reason !== ''))]
    .join('; ')
    .replaceAll('|', '\\|')
