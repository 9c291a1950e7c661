import type { RenderedFile } from './render.js'

/** The style of emitted code; the emitted `.oxfmtrc.json` says the same. */
const STYLE = { printWidth: 100, tabWidth: 2, semi: false, singleQuote: true } as const

const FORMATTED = /\.(ts|tsx|mts|js|mjs|json|ya?ml|md|css)$/

/**
 * Formats what templates printed, which also proves that each file parses.
 * Files that were copied are formatted in the repo already.
 * @param concurrency files in flight at once
 * @throws Error naming the file and the parser's message
 */
export async function formatFiles(
  files: readonly RenderedFile[],
  concurrency: number,
): Promise<RenderedFile[]> {
  const waiting = files.filter((file) => file.templated && FORMATTED.test(file.path))
  if (waiting.length === 0) return [...files]
  const { format } = await import('oxfmt')
  const texts = new Map<string, string>()
  const next = waiting.values()
  const worker = async (): Promise<void> => {
    for (const file of next) {
      const result = await format(file.path, file.text, STYLE)
      const [error] = result.errors
      if (error) throw new Error(`${file.path} (${file.owner}/${file.template}): ${error.message}`)
      texts.set(file.path, result.code)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, worker))
  return files.map((file) => ({ ...file, text: texts.get(file.path) ?? file.text }))
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
