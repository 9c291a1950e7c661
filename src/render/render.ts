import { readFileSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { PlannedFile } from '../plan/plan.js'
import { templatePath } from './path.js'
import { loadTemplate, type Template } from './templates.js'

/** A planned file with its text, not yet formatted. */
export type RenderedFile = PlannedFile & {
  readonly text: string
  /** True where a template was filled in: only such text still needs formatting. */
  readonly templated: boolean
  /** Once it is formatted: the fingerprint of what the template printed. */
  readonly printed?: string
}

const cache = new Map<string, Promise<string | Template>>()

/**
 * Fills in every template. Those of ours are read and compiled once per process.
 * @throws Error naming template and output when a template is missing, or names a key its view lacks
 */
export async function renderFiles(files: readonly PlannedFile[]): Promise<RenderedFile[]> {
  const sources = await Promise.all(files.map(sourceOf))
  return files.map((file, index) => {
    const source = sources[index]
    if (typeof source !== 'function') return { ...file, text: source ?? '', templated: false }
    try {
      return { ...file, text: source(file.view ?? {}), templated: true }
    } catch (cause) {
      throw failed(file, cause)
    }
  })
}

async function sourceOf(file: PlannedFile): Promise<string | Template> {
  const { folder, template, text } = file
  if (text !== undefined) return text
  if (!isAbsolute(folder)) return load(folder, template)
  try {
    return await readAnew(folder, template)
  } catch (cause) {
    throw failed(file, cause)
  }
}

function failed({ owner, template, path }: PlannedFile, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`${owner}/${template} for ${path}: ${reason}`, { cause })
}

function load(folder: string, template: string): Promise<string | Template> {
  const key = `${folder}/${template}`
  const cached = cache.get(key)
  if (cached) return cached
  const loading = template.endsWith('.hbs')
    ? loadTemplate(folder, template)
    : Promise.resolve(readPlain(folder, template))
  cache.set(key, loading)
  return loading
}

/** A plugin that is not ours may change while we run. */
async function readAnew(folder: string, template: string): Promise<string | Template> {
  if (!template.endsWith('.hbs')) return readPlain(folder, template)
  const { compileTemplate } = await import('./compile.js')
  return compileTemplate(folder, template)
}

/** At once: of files this small, a promise takes longer than the reading. */
const readPlain = (folder: string, template: string): string =>
  readFileSync(templatePath(folder, template), 'utf8')
