import type { ScalarField } from '../schema/model.js'

/** What a native type adds to the check of a value. */
export type Limits = {
  readonly maxLength?: number
  readonly min?: number
  readonly max?: number
  readonly format?: 'uuid' | 'date' | 'time'
}

const INTEGER_RANGES: Readonly<Record<string, readonly [min: number, max: number]>> = {
  TinyInt: [-128, 127],
  UnsignedTinyInt: [0, 255],
  SmallInt: [-32_768, 32_767],
  Int2: [-32_768, 32_767],
  UnsignedSmallInt: [0, 65_535],
  Year: [1901, 2155],
  MediumInt: [-8_388_608, 8_388_607],
  UnsignedMediumInt: [0, 16_777_215],
}
const LENGTHS = new Set(['VarChar', 'Char', 'NVarChar', 'NChar', 'String'])

/** Length, range and format that a field's native type imposes, as the databases document them; `{}` where none. */
export function limitsOf(field: ScalarField): Limits {
  const { nativeType: native, type } = field
  if (!native) return {}
  if (type === 'Int') {
    const range = INTEGER_RANGES[native.name]
    return range
      ? { min: range[0], max: range[1] }
      : native.name === 'UnsignedInt'
        ? { min: 0 }
        : {}
  }
  if (type === 'String') {
    if (native.name === 'Uuid' || native.name === 'UniqueIdentifier') return { format: 'uuid' }
    const length = Number(native.args[0])
    return LENGTHS.has(native.name) && Number.isInteger(length) ? { maxLength: length } : {}
  }
  if (type === 'DateTime' && native.name === 'Date') return { format: 'date' }
  if (type === 'DateTime' && /^Time(tz)?$/.test(native.name)) return { format: 'time' }
  return {}
}
