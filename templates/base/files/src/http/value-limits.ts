import { Prisma } from '../generated/prisma/client.js'
import type { Limits, ScalarTypeMeta } from '../schema/meta.js'
import { expectedOf, readJson } from './values.js'

/** Reads a value of a JSON body; `problem` says what is wrong with it. */
export function check(
  column: ScalarTypeMeta,
  value: unknown,
): { readonly read?: unknown; readonly problem?: string | undefined } {
  const read = readJson(column, value)
  if (read === undefined) return { problem: `Expected ${expectedOf(column)}.` }
  return { read, problem: misfit(column, read) }
}

/**
 * What of a value its column can't hold; undefined where it fits. The value has been read as one of the column's
 * type. Databases differ in what they do beyond a limit: refuse, cut, round. Here it is always refused.
 */
function misfit(column: ScalarTypeMeta, value: unknown): string | undefined {
  switch (column.type) {
    case 'String':
      return sizeMisfit(column, sizeOf(value as string, column.measure), unitOf(column))
    case 'Bytes':
      return sizeMisfit(column, (value as Uint8Array).length, 'byte(s)')
    case 'Float':
      return rangeMisfit(column, Number(value))
    case 'Decimal':
      return decimalMisfit(column, value as string)
    case 'DateTime':
      return timeMisfit(column, value as Date)
    default:
      return undefined
  }
}

function sizeOf(text: string, measure: Limits['measure']): number {
  if (measure === 'bytes') return Buffer.byteLength(text)
  if (measure === 'utf16') return text.length
  // A character may take two units of a JavaScript string.
  let count = 0
  for (const _ of text) count += 1
  return count
}

const unitOf = ({ measure, format }: Limits): string =>
  format === 'bits' ? 'bit(s)' : measure === 'bytes' ? 'byte(s)' : 'character(s)'

function sizeMisfit({ minLength, maxLength }: Limits, size: number, unit: string) {
  if (minLength !== undefined && size < minLength) return `Expected ${minLength} ${unit} at least.`
  if (maxLength !== undefined && size > maxLength) return `Expected ${maxLength} ${unit} at most.`
  return undefined
}

function rangeMisfit({ min, max }: Limits, value: number): string | undefined {
  if (min !== undefined && value < Number(min)) return `Expected at least ${min}.`
  if (max !== undefined && value > Number(max)) return `Expected at most ${max}.`
  return undefined
}

function decimalMisfit({ precision, scale, min, max }: Limits, text: string): string | undefined {
  const value = new Prisma.Decimal(text)
  const before = value.isZero() ? 0 : value.e + 1
  if (scale !== undefined && value.decimalPlaces() > scale)
    return `Expected at most ${scale} digits after the point.`
  if (precision !== undefined && scale !== undefined && before > precision - scale)
    return `Expected at most ${precision - scale} digits before the point.`
  if (precision !== undefined && scale === undefined && value.precision() > precision)
    return `Expected at most ${precision} significant digits.`
  if (min !== undefined && value.lessThan(min)) return `Expected at least ${min}.`
  if (max !== undefined && value.greaterThan(max)) return `Expected at most ${max}.`
  return undefined
}

const STEPS: Readonly<Record<number, string>> = {
  10: 'hundredths of a second',
  100: 'tenths of a second',
  1000: 'whole seconds',
  60_000: 'whole minutes',
}

function timeMisfit({ min, max, step }: Limits, value: Date): string | undefined {
  const time = value.getTime()
  if (min !== undefined && time < Date.parse(String(min))) return `Expected ${min} or later.`
  if (max !== undefined && time > Date.parse(String(max))) return `Expected ${max} or earlier.`
  if (step === undefined || time % step === 0) return undefined
  return `Expected ${STEPS[step] ?? `steps of ${step} ms`}.`
}
