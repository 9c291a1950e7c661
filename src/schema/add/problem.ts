import { UserError } from '../../errors.js'

/** What is wrong with a word of the command line, and the word that would be right. */
export class WordProblem extends Error {
  constructor(
    message: string,
    /** Index in the word. */
    readonly at = 0,
    readonly corrected?: string,
    readonly remedies: readonly string[] = [],
  ) {
    super(message)
  }
}

/** A word and its place on the command line, counted from 1 after the name of the generator. */
export type Written = { readonly text: string; readonly position: number }

/**
 * Does something for each word, and throws one error that lists what is wrong with any of them.
 * @throws UserError
 */
export function forEachWord<W extends Written, T>(words: readonly W[], work: (word: W) => T): T[] {
  const lines: string[] = []
  const remedies: string[] = []
  const results = words.flatMap((word) => {
    try {
      return [work(word)]
    } catch (error) {
      if (!(error instanceof WordProblem)) throw error
      lines.push(...describe(word, error))
      remedies.push(...error.remedies.filter((remedy) => !remedies.includes(remedy)))
      return []
    }
  })
  if (lines.length > 0) throw new UserError(lines.join('\n'), [...remedies, NOTHING_WRITTEN])
  return results
}

/** One error for one word. */
export const wordError = (word: Written, problem: WordProblem): UserError =>
  new UserError(describe(word, problem).join('\n'), [...problem.remedies, NOTHING_WRITTEN])

export const NOTHING_WRITTEN = 'Nothing was written.'

function describe({ text, position }: Written, { message, at, corrected }: WordProblem): string[] {
  const place = at > 0 ? `, at character ${at + 1}` : ''
  return [
    `Word ${position}, '${text}'${place}: ${message}`,
    ...(corrected === undefined ? [] : [`    write: ${corrected}`]),
  ]
}
