import type { Provider, ScalarField } from '../schema/model.js'

/** What a column's type in the database adds to the check of a value; `Limits` of `schema/meta.ts` in the app. */
export type Limits = {
  /** Characters of a text, or as `measure` says; bytes of Bytes. */
  readonly minLength?: number
  readonly maxLength?: number
  readonly measure?: 'bytes' | 'utf16'
  /** A number; for BigInt and Decimal as text, for DateTime in ISO 8601. */
  readonly min?: number | string
  readonly max?: number | string
  /** Digits of a number in all, and after its point; without `scale` its significant digits. */
  readonly precision?: number
  readonly scale?: number
  /** The shortest time that a DateTime tells apart, in milliseconds, where that is more than one. */
  readonly step?: number
  readonly format?: 'uuid' | 'date' | 'time' | 'bits' | 'ip'
}

type Args = readonly (number | undefined)[]
type Rule = Limits | ((args: Args) => Limits)
type Rules = Readonly<Record<string, Rule>>

const range = (min: number | string, max: number | string): Limits => ({ min, max })
const upTo = ([maxLength]: Args): Limits => (maxLength === undefined ? {} : { maxLength })
const exactly = (size: number): Limits => ({ minLength: size, maxLength: size })
const orOne = ([size = 1]: Args): Args => [size]
const digits = ([precision, scale = 0]: Args): Limits =>
  precision === undefined ? {} : { precision, scale }
/** The step of a time with this many digits after the second. */
const fraction = (places: number): Limits => (places >= 3 ? {} : { step: 10 ** (3 - places) })

const INT2 = range(-32_768, 32_767)
// Prisma's Int ends at 31 bits, whatever the column could hold.
const NATURAL: Limits = { min: 0 }
// A little less than the largest number, which MariaDB refuses.
const FLOAT4 = range(-3.402_823e38, 3.402_823e38)
const UUID: Limits = { format: 'uuid' }
const DATE: Limits = { format: 'date' }
const DECIMAL: Limits = { precision: 65, scale: 30 }
const bits: Rule = (args) => ({ ...exactly(orOne(args)[0]!), format: 'bits' })
const varBits: Rule = (args) => ({ ...upTo(args), format: 'bits' })
const time: Rule = ([places = 6]) => ({ ...fraction(places), format: 'time' })
const timestamp: Rule = ([places = 6]) => fraction(places)

const POSTGRESQL: Rules = {
  Decimal: DECIMAL,
  'Int SmallInt': INT2,
  'Int Oid': NATURAL,
  'Decimal Decimal': digits,
  'Decimal Money': {
    ...range('-92233720368547758.08', '92233720368547758.07'),
    ...digits([19, 2]),
  },
  'Float Real': FLOAT4,
  'String VarChar': upTo,
  'String Char': (args) => upTo(orOne(args)),
  'String Bit': bits,
  'String VarBit': varBits,
  'String Uuid': UUID,
  'String Inet': { format: 'ip' },
  'DateTime Date': DATE,
  'DateTime Time': time,
  'DateTime Timetz': time,
  'DateTime Timestamp': timestamp,
  'DateTime Timestamptz': timestamp,
}

const COCKROACHDB: Rules = {
  ...POSTGRESQL,
  'Int Int2': INT2,
  'Float Float4': FLOAT4,
  'String String': upTo,
  'String CatalogSingleChar': { maxLength: 1 },
}

const DATETIME = '1000-01-01T00:00:00.000Z'

const MYSQL: Rules = {
  String: { maxLength: 191 },
  Decimal: DECIMAL,
  DateTime: { min: DATETIME },
  'Int TinyInt': range(-128, 127),
  'Int UnsignedTinyInt': range(0, 255),
  'Int SmallInt': INT2,
  'Int UnsignedSmallInt': range(0, 65_535),
  'Int MediumInt': range(-8_388_608, 8_388_607),
  'Int UnsignedMediumInt': range(0, 16_777_215),
  'Int UnsignedInt': NATURAL,
  'Int Year': range(1901, 2155),
  'BigInt UnsignedBigInt': range('0', '18446744073709551615'),
  'Decimal Decimal': ([precision = 10, scale]) => digits([precision, scale]),
  'Float Float': FLOAT4,
  'String VarChar': upTo,
  'String Char': upTo,
  'String TinyText': { maxLength: 255, measure: 'bytes' },
  'String Text': { maxLength: 65_535, measure: 'bytes' },
  'String MediumText': { maxLength: 16_777_215, measure: 'bytes' },
  'Bytes Bit': ([size = 1]) => exactly(Math.ceil(size / 8)),
  'Bytes Binary': ([size = 1]) => exactly(size),
  'Bytes VarBinary': upTo,
  'Bytes TinyBlob': { maxLength: 255 },
  'Bytes Blob': { maxLength: 65_535 },
  'Bytes MediumBlob': { maxLength: 16_777_215 },
  'DateTime Date': { ...DATE, min: '1000-01-01' },
  'DateTime Time': ([places = 0]) => ({ ...fraction(places), format: 'time' }),
  'DateTime DateTime': ([places = 0]) => ({ min: DATETIME, ...fraction(places) }),
  'DateTime Timestamp': ([places = 0]) => ({
    ...range('1970-01-01T00:00:01.000Z', '2038-01-19T03:14:07.000Z'),
    ...fraction(places),
  }),
}

const utf16OrOne: Rule = (args) => ({ ...upTo(orOne(args)), measure: 'utf16' })

const SQLSERVER: Rules = {
  String: { maxLength: 1000, measure: 'utf16' },
  Decimal: { precision: 32, scale: 16 },
  'Int TinyInt': range(0, 255),
  'Int SmallInt': INT2,
  'Int Bit': range(0, 1),
  'Decimal Decimal': ([precision = 18, scale]) => digits([precision, scale]),
  'Float Money': range(-922_337_203_685_477, 922_337_203_685_477),
  'Float SmallMoney': range(-214_748.3648, 214_748.3647),
  'Float Real': FLOAT4,
  'Float Float': ([size = 53]) => (size <= 24 ? FLOAT4 : {}),
  'String VarChar': utf16OrOne,
  'String Char': utf16OrOne,
  'String NVarChar': utf16OrOne,
  'String NChar': utf16OrOne,
  'String UniqueIdentifier': UUID,
  'Bytes Binary': ([size = 1]) => exactly(size),
  'Bytes VarBinary': (args) => upTo(orOne(args)),
  'DateTime Date': DATE,
  'DateTime Time': { format: 'time' },
  'DateTime DateTime': { min: '1753-01-01T00:00:00.000Z', step: 10 },
  'DateTime SmallDateTime': {
    ...range('1900-01-01T00:00:00.000Z', '2079-06-06T23:59:00.000Z'),
    step: 60_000,
  },
}

// A number is kept in 64 bits of binary floating point, which tell fifteen digits apart.
const SQLITE: Rules = { Decimal: { precision: 15 } }

const RULES: Readonly<Record<Provider, Rules>> = {
  sqlite: SQLITE,
  postgresql: POSTGRESQL,
  cockroachdb: COCKROACHDB,
  mysql: MYSQL,
  sqlserver: SQLSERVER,
}

const MAX_ARGUMENT = 'Max'

/** The limits of a column by its type in the database, native or Prisma's own choice; `{}` where there are none. */
export function limitsOf(
  field: Pick<ScalarField, 'type' | 'nativeType'>,
  provider: Provider,
): Limits {
  const { type, nativeType } = field
  if (nativeType?.args[0] === MAX_ARGUMENT) return {}
  const rule = RULES[provider][nativeType ? `${type} ${nativeType.name}` : type]
  if (typeof rule !== 'function') return rule ?? {}
  return rule(nativeType?.args.map(Number) ?? [])
}
