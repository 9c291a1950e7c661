import * as z from 'zod'
import { UserError } from './errors.js'
import { suggest } from './nearest.js'
import type { Option, OptionKind } from './options.js'

/** The check of one option's value. */
export function typeOf(option: Option | OptionKind): z.ZodType {
  switch (option.kind) {
    case 'text':
      return z
        .string()
        .min(1)
        .refine((text) => !text.includes('\0'))
    case 'choice':
      return z.enum(option.choices)
    case 'names':
      return z.array(z.string().refine((name) => option.open || option.known.includes(name)))
    case 'switch':
      return z.boolean()
    case 'count':
      return z
        .int()
        .min(option.min ?? 1)
        .max(option.max)
    case 'settings':
      return z.record(z.string(), z.record(z.string(), z.unknown()))
  }
}

/** @returns the error for a value that an option does not take */
export function wrongValue(option: Option | OptionKind, value: unknown, label: string): UserError {
  switch (option.kind) {
    case 'choice':
      if (option.later?.includes(String(value)))
        return new UserError(`${label}: '${value}' is not in this version.`, [
          `Available: ${option.choices.join(', ')}.`,
        ])
      return new UserError(
        `${label}: '${String(value)}' is not known.`,
        suggest(String(value), option.choices),
      )
    case 'names': {
      const list = Array.isArray(value) ? value.map(String) : [String(value)]
      const unknown = list.find((item) => !option.known.includes(item)) ?? list.join(',')
      return option.open
        ? new UserError(`${label} needs a list of names.`)
        : new UserError(`${label}: '${unknown}' is not known.`, suggest(unknown, option.known))
    }
    case 'count':
      return new UserError(
        `${label}: '${String(value)}' is not a whole number from ${option.min ?? 1} to ${option.max}.`,
      )
    case 'switch':
      return new UserError(`${label}: '${String(value)}' is neither true nor false.`)
    case 'text':
      return new UserError(`${label} needs a text that is not empty.`)
    case 'settings':
      return new UserError(`${label} needs an object of objects: options by plugin.`)
  }
}

/**
 * Turns the text of a flag, an environment variable or a prompt into the value that the schema checks.
 * Text that cannot be turned is returned as it is, so that the check refuses it by name.
 */
export function readText(option: Option | OptionKind, text: string): unknown {
  switch (option.kind) {
    case 'switch':
      return /^(1|true|yes|on)$/i.test(text) || (/^(0|false|no|off)$/i.test(text) ? false : text)
    case 'count':
      return /^\d+$/.test(text) ? Number(text) : text
    case 'names':
      return text
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean)
    default:
      return text
  }
}
