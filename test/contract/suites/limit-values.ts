import type { Target } from '../harness.js'

/** Of a column: values at its edge, which come back as they went, and the next ones beyond, which are refused. */
type Limit = readonly [column: string, fits: readonly unknown[], beyond: readonly unknown[]]

const text = (length: number): string => 'x'.repeat(length)
const base64 = (length: number): string => Buffer.alloc(length, 7).toString('base64')

// Of those that need two units in JavaScript each.
const FOXES = '🦊'.repeat(5)

const REAL: Limit = ['real', [0.5, -1.5, 1048576.5], [3.5e38, -3.5e38, 1e308]]
const DECIMAL: Limit = [
  'decimal',
  ['9999.99', '-9999.99', '0', '0.01'],
  ['10000', '-10000', '0.001', '9999.995', '1e4', '1e-3'],
]
const SECONDS: Limit = [
  'seconds',
  ['2026-01-01T12:30:45.000Z', '9999-12-31T23:59:59.000Z'],
  ['2026-01-01T12:30:45.001Z', '2026-01-01T12:30:45.5Z', '9999-12-31T23:59:59.999Z'],
]
const TENTHS: Limit = ['tenths', ['2026-01-01T12:30:45.100Z'], ['2026-01-01T12:30:45.110Z']]
const NO_DAYS = ['2023-02-29', '2026-13-01', '2026-01-01T10:00:00Z', '01/02/2026', '', 'today']
const NO_TIMES = ['24:00:00Z', '12:60:00Z', '1970-01-01T12:00:00Z', '12', '']

const POSTGRESQL: readonly Limit[] = [
  ['varChar', ['', text(5), FOXES, 'a b c'], [text(6), `${FOXES}x`, 'abcde ']],
  ['char', [text(5), FOXES], [text(6)]],
  ['oneChar', ['x', 'ż'], ['xx']],
  ['uuid', ['00000000-0000-4000-8000-00000000000a'], ['00000000-0000-4000-8000', 'x', '']],
  ['bit', ['0101'], ['010', '01010', '012x', '']],
  ['varBit', ['', '1', '1010'], ['10101', '2']],
  [
    'inet',
    ['192.0.2.1', '192.0.2.0/24', '2001:db8::1', '2001:db8::/32'],
    ['192.0.2.256', '192.0.2.0/33', '::1%eth0', 'localhost', '192.0.2', '1.2.3.4/', ''],
  ],
  ['small', [-32768, 32767], [-32769, 32768, 1.5]],
  ['oid', [0, 2147483647], [-1, 2147483648]],
  REAL,
  DECIMAL,
  ['fraction', ['0.99', '-0.99', '0'], ['1', '0.999']],
  [
    'money',
    ['0.5', '-0.25', '1234567.89', '-92233720368547758.08'],
    ['0.001', '92233720368547758.08'],
  ],
  ['date', ['2024-02-29', '0001-01-01', '9999-12-31'], NO_DAYS],
  ['time', ['00:00:00.000Z', '23:59:59.999Z'], NO_TIMES],
  ['timeTz', ['23:59:59.999Z'], NO_TIMES],
  SECONDS,
  TENTHS,
  ['days', [['2024-02-29', '2026-01-31'], []], [['2023-02-29']]],
  ['codes', [[text(5)], ['', FOXES]], [['a', text(6)]]],
]

const MYSQL: readonly Limit[] = [
  ['varChar', ['', text(5), FOXES], [text(6), `${FOXES}x`, 'abcde ']],
  ['char', [text(5), FOXES], [text(6)]],
  ['tinyText', [text(255), '🦊'.repeat(63)], [text(256), '🦊'.repeat(64)]],
  ['plain', [text(191), '🦊'.repeat(191)], [text(192)]],
  ['tiny', [-128, 127], [-129, 128]],
  ['unsigned', [0, 255], [-1, 256]],
  ['small', [-32768, 32767], [-32769, 32768]],
  ['medium', [0, 16777215], [-1, 16777216]],
  ['natural', [0, 2147483647], [-1, 2147483648]],
  ['year', [1901, 2155], [0, 1900, 2156]],
  ['big', ['0', '9223372036854775808', '18446744073709551615'], ['-1', '18446744073709551616']],
  REAL,
  DECIMAL,
  ['whole', ['9999999999', '-1'], ['10000000000', '0.5']],
  ['date', ['2024-02-29', '1000-01-01', '9999-12-31'], ['0999-12-31', ...NO_DAYS]],
  ['time', ['00:00:00.000Z', '23:59:59.000Z'], ['12:00:00.500Z', ...NO_TIMES]],
  SECONDS,
  TENTHS,
  [
    'timestamp',
    ['1970-01-01T00:00:01.000Z', '2038-01-19T03:14:07.000Z'],
    ['1970-01-01T00:00:00.999Z', '2038-01-19T03:14:08.000Z'],
  ],
  [
    'instant',
    ['1000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
    ['0999-12-31T23:59:59.999Z', '9999-12-31T23:59:59-01:00'],
  ],
  ['binary', [base64(3)], [base64(2), base64(4), '']],
  ['varBinary', ['', base64(3)], [base64(4)]],
  ['tinyBlob', [base64(255)], [base64(256)]],
  ['bit', ['D/8=', 'AAA='], ['Dw==', 'AA//']],
  ['flag', [true, false], [1]],
]

/** By database, the columns of the fixture's model `Limit`; SQLite has no native types. */
export const LIMITS: Readonly<Record<Target['provider'], readonly Limit[]>> = {
  sqlite: [],
  postgresql: POSTGRESQL,
  mysql: MYSQL,
}
