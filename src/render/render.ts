import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packageRoot } from '../root.js'
import type { PlannedFile } from '../plan/plan.js'
import { loadTemplate, type Template } from './templates.js'

/** A planned file with its text, not yet formatted. */
export type RenderedFile = PlannedFile & {
  readonly text: string
  /** True where a template was filled in: only such text still needs formatting. */
  readonly templated: boolean
}

const cache = new Map<string, Promise<string | Template>>()

/**
 * Fills in every template. Templates are read and compiled once per process.
 * @throws Error naming template and output when a template names a key its view lacks
 */
export async function renderFiles(files: readonly PlannedFile[]): Promise<RenderedFile[]> {
  const sources = await Promise.all(files.map((file) => load(file.owner, file.template)))
  return files.map((file, index) => {
    const source = sources[index]
    if (typeof source !== 'function') return { ...file, text: source ?? '', templated: false }
    try {
      return { ...file, text: source(file.view ?? {}), templated: true }
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Error(`${file.owner}/${file.template} for ${file.path}: ${reason}`, { cause })
    }
  })
}

function load(owner: string, template: string): Promise<string | Template> {
  const key = `${owner}/${template}`
  const cached = cache.get(key)
  if (cached) return cached
  const loading = template.endsWith('.hbs')
    ? loadTemplate(owner, template)
    : readFile(join(packageRoot(), 'templates', owner, 'files', template), 'utf8')
  cache.set(key, loading)
  return loading
}
