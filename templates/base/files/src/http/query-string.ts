import qs from 'qs'
import { invalid, Problem } from './problem.js'

const LIMITS = { depth: 12, parameterLimit: 500, arrayLimit: 100 } as const

/**
 * Parses what stands behind the `?`: `where[title][contains]=x&take=5`.
 * @throws Problem 400 for parameters given twice, names such as `__proto__`, and more than LIMITS allows
 */
export function parseQueryString(text: string): Record<string, unknown> {
  if (text === '') return {}
  refuseBadKeys(text)
  try {
    return qs.parse(text, {
      ...LIMITS,
      allowPrototypes: true,
      plainObjects: true,
      strictDepth: true,
      throwOnLimitExceeded: true,
    })
  } catch (error) {
    const detail = error instanceof RangeError ? error.message : undefined
    throw new Problem(400, 'invalid_query_string', { detail })
  }
}

/** `qs` drops some names and joins what is given twice; here nothing is ignored in silence. */
function refuseBadKeys(text: string): void {
  const seen = new Set<string>()
  for (const pair of text.split('&', LIMITS.parameterLimit + 1)) {
    const key = decode(pair.split('=', 1)[0] ?? '')
    decode(pair)
    if (key.split(/[[\]]+/).includes('__proto__')) {
      throw invalid(key, 'This name is not allowed.')
    }
    if (pair !== '' && /^(?:\[|$)/.test(key)) throw invalid(key, 'A parameter has no name.')
    if (!key.endsWith('[]') && seen.has(key)) throw invalid(key, 'Given more than once.')
    seen.add(key)
  }
  for (const key of seen) {
    for (let end = key.lastIndexOf('['); end > 0; end = key.lastIndexOf('[', end - 1)) {
      const outer = key.slice(0, end)
      if (seen.has(outer)) throw invalid(outer, 'Given both with and without brackets.')
    }
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw new Problem(400, 'invalid_query_string', { detail: `'${text}' is not URL-encoded.` })
  }
}
