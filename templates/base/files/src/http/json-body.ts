import { Problem, unsupportedMediaType } from './problem.js'

const JSON_TYPE = /^application\/(?:json|[\w.-]+\+json)(?:;\s*charset="?utf-8"?)?$/i
const SUSPECT = /__proto__|\\u/
const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Reads a request body, whatever the framework made of its content type.
 * @returns undefined when there is no body
 * @throws Problem 415 for another type or an encoding, 400 for malformed JSON
 */
export function parseJsonBody(
  header: (name: string) => string | undefined,
  bytes: Uint8Array | undefined,
): unknown {
  if (!bytes || bytes.length === 0) return undefined
  const type = header('content-type') ?? ''
  const encoding = header('content-encoding') ?? 'identity'
  if (!JSON_TYPE.test(type) || encoding.toLowerCase() !== 'identity') {
    throw unsupportedMediaType()
  }
  try {
    const text = decoder.decode(bytes)
    return JSON.parse(text, SUSPECT.test(text) ? refusePrototype : undefined)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw malformed('The body is not valid JSON.')
  }
}

/** `__proto__` is an attack wherever it stands. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw malformed("The key '__proto__' is not allowed.")
  return value
}

const malformed = (detail: string): Problem => new Problem(400, 'malformed_body', { detail })
