import { literal, UserError, type AppView } from '../../src/kit/index.js'
import type { Column, Model } from './user.js'

type Schema = AppView['schema']

const OUT = /^(is_?)?(suspended|disabled|banned|blocked|deactivated|deleted)$/i
const IN = /^(is_?)?(active|enabled)$/i
const SINCE = /^(suspended|disabled|banned|blocked|deactivated|deleted)_?(at|on)$/i
const UNTIL = /^(suspended|disabled|banned|blocked|locked)_?until$/i
const STATE = /^(account_?)?(status|state)$/i
const OUT_STATE = /^(suspended|disabled|banned|blocked|deactivated|inactive|deleted)$/i
const OUT_STATES = ['suspended', 'disabled', 'banned', 'blocked', 'inactive', 'deleted']

/**
 * The columns of the user that keep someone out.
 * @param named by the option; empty: those with the usual names
 * @throws UserError for a named one that can't say so
 */
export function suspensions(
  schema: Schema,
  model: Model,
  columns: readonly Column[],
  named: readonly string[],
): Column[] {
  if (named.length === 0) {
    const usual = [OUT, IN, SINCE, UNTIL, STATE]
    return columns.filter(
      (field) => usual.some((name) => name.test(field.name)) && kindOf(schema, field) !== null,
    )
  }
  return named.map((name) => {
    const field = columns.find((column) => column.name === name)
    if (field && kindOf(schema, field) !== null) return field
    throw new UserError(
      `suspended: ${model.name}${field ? `.${name} can't say whether someone may sign in` : ` has no field '${name}'`}.`,
      ['Name a Boolean, an optional DateTime, or an enum with a value such as SUSPENDED.'],
    )
  })
}

type Kind = 'out' | 'in' | 'since' | 'until' | 'enum' | 'text'

function kindOf(schema: Schema, field: Column): Kind | null {
  if (field.list) return null
  if (field.kind === 'enum') return outValues(schema, field).length > 0 ? 'enum' : null
  switch (field.type) {
    case 'Boolean':
      return IN.test(field.name) ? 'in' : 'out'
    case 'DateTime':
      if (field.required) return null
      return /until$/i.test(field.name) ? 'until' : 'since'
    case 'String':
      return STATE.test(field.name) ? 'text' : null
    default:
      return null
  }
}

const outValues = ({ enums }: Schema, field: Column): string[] =>
  (enums.find(({ name }) => name === field.type)?.values ?? [])
    .map(({ name }) => name)
    .filter((name) => OUT_STATE.test(name))

/** Conditions of Prisma, as code, that hold for who may sign in. */
export const activeConditions = (schema: Schema, fields: readonly Column[]): string[] =>
  fields.map((field) => {
    const { name, required } = field
    // In SQL a comparison with null is never true.
    const orNull = (condition: string): string =>
      required ? `{ ${condition} }` : `{ OR: [{ ${name}: null }, { ${condition} }] }`
    const not = (values: readonly string[]): string =>
      orNull(`${name}: { notIn: ${literal(values)} }`)
    switch (kindOf(schema, field)!) {
      case 'out':
        return orNull(`${name}: false`)
      case 'in':
        return orNull(`${name}: true`)
      case 'since':
        return `{ ${name}: null }`
      case 'until':
        return orNull(`${name}: { lte: new Date() }`)
      case 'enum':
        return not(outValues(schema, field))
      case 'text':
        return not([...OUT_STATES, ...OUT_STATES.map((state) => state.toUpperCase())])
    }
  })
