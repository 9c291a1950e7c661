import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { loadSchema } from '../schema/load.js'
import type { Provider, ScalarField } from '../schema/model.js'
import { limitsOf, type Limits } from './limits.js'

/** By database and column of `test/constructs/native-*.prisma`; a column that is not here has no limit. */
const EXPECTED: Readonly<Partial<Record<Provider, Readonly<Record<string, Limits>>>>> = {
  postgresql: {
    plainDecimal: { precision: 65, scale: 30 },
    smallInt: { min: -32768, max: 32767 },
    oid: { min: 0 },
    real: { min: -3.402_823e38, max: 3.402_823e38 },
    decimal62: { precision: 6, scale: 2 },
    money: { min: '-92233720368547758.08', max: '92233720368547758.07', precision: 19, scale: 2 },
    varChar20: { maxLength: 20 },
    char: { maxLength: 1 },
    char4: { maxLength: 4 },
    uuid: { format: 'uuid' },
    inet: { format: 'ip' },
    bit: { minLength: 1, maxLength: 1, format: 'bits' },
    bit3: { minLength: 3, maxLength: 3, format: 'bits' },
    varBit: { format: 'bits' },
    varBit3: { maxLength: 3, format: 'bits' },
    date: { format: 'date' },
    time: { format: 'time' },
    time0: { step: 1000, format: 'time' },
    timetz: { format: 'time' },
    timestamp1: { step: 100 },
    timestamptz2: { step: 10 },
  },
  mysql: {
    plainString: { maxLength: 191 },
    plainDecimal: { precision: 65, scale: 30 },
    plainDateTime: { min: '1000-01-01T00:00:00.000Z' },
    tinyInt: { min: -128, max: 127 },
    unsignedTinyInt: { min: 0, max: 255 },
    smallInt: { min: -32768, max: 32767 },
    unsignedSmallInt: { min: 0, max: 65535 },
    mediumInt: { min: -8388608, max: 8388607 },
    unsignedMediumInt: { min: 0, max: 16777215 },
    unsignedInt: { min: 0 },
    year: { min: 1901, max: 2155 },
    unsignedBigInt: { min: '0', max: '18446744073709551615' },
    float: { min: -3.402_823e38, max: 3.402_823e38 },
    decimal: { precision: 10, scale: 0 },
    decimal62: { precision: 6, scale: 2 },
    varChar20: { maxLength: 20 },
    char4: { maxLength: 4 },
    tinyText: { maxLength: 255, measure: 'bytes' },
    text: { maxLength: 65535, measure: 'bytes' },
    mediumText: { maxLength: 16777215, measure: 'bytes' },
    bit12: { minLength: 2, maxLength: 2 },
    binary3: { minLength: 3, maxLength: 3 },
    varBinary3: { maxLength: 3 },
    tinyBlob: { maxLength: 255 },
    blob: { maxLength: 65535 },
    mediumBlob: { maxLength: 16777215 },
    date: { format: 'date', min: '1000-01-01' },
    time: { step: 1000, format: 'time' },
    time3: { format: 'time' },
    dateTime: { min: '1000-01-01T00:00:00.000Z', step: 1000 },
    dateTime3: { min: '1000-01-01T00:00:00.000Z' },
    timestamp: { min: '1970-01-01T00:00:01.000Z', max: '2038-01-19T03:14:07.000Z', step: 1000 },
    timestamp6: { min: '1970-01-01T00:00:01.000Z', max: '2038-01-19T03:14:07.000Z' },
  },
  cockroachdb: {
    plainDecimal: { precision: 65, scale: 30 },
    int2: { min: -32768, max: 32767 },
    oid: { min: 0 },
    float4: { min: -3.402_823e38, max: 3.402_823e38 },
    decimal62: { precision: 6, scale: 2 },
    string20: { maxLength: 20 },
    char: { maxLength: 1 },
    char4: { maxLength: 4 },
    catalogSingleChar: { maxLength: 1 },
    uuid: { format: 'uuid' },
    inet: { format: 'ip' },
    bit: { minLength: 1, maxLength: 1, format: 'bits' },
    bit3: { minLength: 3, maxLength: 3, format: 'bits' },
    varBit: { format: 'bits' },
    varBit3: { maxLength: 3, format: 'bits' },
    date: { format: 'date' },
    time: { format: 'time' },
    timetz: { format: 'time' },
    timestamp1: { step: 100 },
  },
  sqlserver: {
    plainString: { maxLength: 1000, measure: 'utf16' },
    plainDecimal: { precision: 32, scale: 16 },
    tinyInt: { min: 0, max: 255 },
    smallInt: { min: -32768, max: 32767 },
    bit: { min: 0, max: 1 },
    real: { min: -3.402_823e38, max: 3.402_823e38 },
    float24: { min: -3.402_823e38, max: 3.402_823e38 },
    money: { min: -922337203685477, max: 922337203685477 },
    smallMoney: { min: -214748.3648, max: 214748.3647 },
    decimal: { precision: 18, scale: 0 },
    decimal62: { precision: 6, scale: 2 },
    char: { maxLength: 1, measure: 'utf16' },
    char4: { maxLength: 4, measure: 'utf16' },
    varChar: { maxLength: 1, measure: 'utf16' },
    varChar20: { maxLength: 20, measure: 'utf16' },
    nChar4: { maxLength: 4, measure: 'utf16' },
    nVarChar20: { maxLength: 20, measure: 'utf16' },
    uniqueIdentifier: { format: 'uuid' },
    binary3: { minLength: 3, maxLength: 3 },
    varBinary3: { maxLength: 3 },
    date: { format: 'date' },
    time: { format: 'time' },
    dateTime: { min: '1753-01-01T00:00:00.000Z', step: 10 },
    smallDateTime: {
      min: '1900-01-01T00:00:00.000Z',
      max: '2079-06-06T23:59:00.000Z',
      step: 60000,
    },
  },
}

describe('limits of native types', () => {
  it.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    const provider = name as Provider
    const path = fileURLToPath(
      new URL(`../../test/constructs/native-${provider}.prisma`, import.meta.url),
    )
    const { models } = await loadSchema({ path })
    const columns = models[0]!.fields.map(
      (field) => [field.name, limitsOf(field as ScalarField, provider)] as const,
    )
    const limited = columns.filter(([, limits]) => Object.keys(limits).length > 0)
    expect(Object.fromEntries(limited)).toEqual(expected)
  })

  it('SQLite keeps fifteen digits of a decimal', () => {
    expect(limitsOf({ type: 'Decimal', nativeType: null }, 'sqlite')).toEqual({ precision: 15 })
    expect(limitsOf({ type: 'String', nativeType: null }, 'sqlite')).toEqual({})
  })
})
