import { sha256 } from '../sha256.js'
import type { RenderedFile } from './render.js'

/** The style of emitted code; the emitted `.oxfmtrc.json` says the same. */
const STYLE = { printWidth: 100, tabWidth: 2, semi: false, singleQuote: true } as const

const FORMATTED = /\.(ts|tsx|mts|js|mjs|json|ya?ml|md|css)$/

/**
 * Formats what templates printed, which also proves that each file parses.
 * Files that were copied are formatted in the repo already.
 * @param concurrency files in flight at once
 * @param before given a file and the fingerprint of its text: that text formatted, where it is known
 * @throws Error naming the file and the parser's message
 */
export async function formatFiles(
  files: readonly RenderedFile[],
  concurrency: number,
  before: (file: RenderedFile, printed: string) => string | null = () => null,
): Promise<RenderedFile[]> {
  const done = files.map((file): RenderedFile => {
    if (!file.templated || !FORMATTED.test(file.path)) return file
    const printed = sha256(file.text)
    const text = before(file, printed)
    return text === null ? { ...file, printed } : { ...file, printed, text, templated: false }
  })
  const waiting = done.flatMap((file, index) =>
    file.templated && file.printed !== undefined ? [{ file, index }] : [],
  )
  if (waiting.length === 0) return done
  const { format } = await import('oxfmt')
  const next = waiting.values()
  const worker = async (): Promise<void> => {
    for (const { file, index } of next) {
      const { code, errors } = await format(file.path, file.text, STYLE)
      const [error] = errors
      if (error) throw new Error(`${file.path} (${file.owner}/${file.template}): ${error.message}`)
      done[index] = { ...file, text: code }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, worker))
  return done
}

/**
 * Formats a text that somebody else wrote, in the style of emitted code.
 * @returns null where it does not parse, or is of a kind that is not formatted
 */
export async function formatText(path: string, text: string): Promise<string | null> {
  if (!FORMATTED.test(path)) return null
  const { format } = await import('oxfmt')
  const { code, errors } = await format(path, text, STYLE)
  return errors.length > 0 ? null : code
}
