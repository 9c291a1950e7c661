import { UserError } from '../errors.js'
import { nearest } from '../nearest.js'

/** plop's own flags that take a value, and those that only change how it draws. */
const WITH_VALUE = new Set(['--cwd', '--preload', '--plopfile', '--completion', '--dest'])
const DRAWING = new Set(['--no-progress', '--progress', '--show-type-names', '-t'])

/**
 * The words behind the name of a generator, as they were typed: plop itself would take some of them for its own.
 * @param argv the command line of plop
 * @throws UserError for a flag that has no meaning there
 */
export function wordsBehind(generator: string, argv: readonly string[]): string[] {
  const start = argv.findIndex(
    (word, i) => word === generator && !WITH_VALUE.has(argv[i - 1] ?? ''),
  )
  if (start < 0) return []
  const words: string[] = []
  for (const word of argv.slice(start + 1)) {
    if (word === '--' || DRAWING.has(word)) continue
    if (word.startsWith('-')) throw unknownFlag(word, generator)
    words.push(word)
  }
  return words
}

const EXAMPLES: Readonly<Record<string, string>> = {
  model: 'Invoice number:string:unique "notes:string?"',
  plugin: 'order-mails email "Writes to who has ordered"',
}

function unknownFlag(flag: string, generator: string): UserError {
  const close = nearest(flag, [...DRAWING])
  return new UserError(`'plop ${generator}' knows no flag ${flag}.`, [
    ...(close.length > 0 ? [`Did you mean ${close.join(', ')}?`] : []),
    `Give words: npx plop ${generator} ${EXAMPLES[generator] ?? EXAMPLES['model']}`,
  ])
}
