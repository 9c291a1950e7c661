import { UserError } from '../errors.js'
import type { ActivePlugin } from './choose.js'

/**
 * Calls a plugin's function.
 * @throws UserError that names the plugin and keeps the cause, where it throws
 */
export function callPlugin<T>(
  { plugin: { id }, origin }: ActivePlugin,
  what: string,
  call: () => T,
): T {
  try {
    return call()
  } catch (cause) {
    if (cause instanceof UserError) throw cause
    const place = origin.kind === 'built-in' ? '' : ` (${origin.shown})`
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`The plugin '${id}'${place} failed in ${what}: ${message}`, [], { cause })
  }
}
