import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem } from './support.js'

/** How values of each type travel, in both directions. */
export function scalars({ api, provider }: Context): void {
  const least = {
    text: 'a',
    int: 1,
    bigInt: '1',
    float: 1,
    decimal: '1',
    boolean: false,
    dateTime: '2026-01-01T00:00:00Z',
    json: {},
    bytes: '',
    level: 'LOW',
  }

  describe('values', () => {
    beforeAll(() => clear(api))

    const sent = async (values: object) => api.make('/api/everythings', { ...least, ...values })

    it('fills in the defaults of the schema', async () => {
      expect(await sent({})).toEqual({
        id: expect.any(String),
        ...least,
        dateTime: '2026-01-01T00:00:00.000Z',
        textOpt: null,
        intOpt: null,
        bigIntOpt: null,
        floatOpt: null,
        decimalOpt: null,
        booleanOpt: null,
        dateTimeOpt: null,
        jsonOpt: null,
        bytesOpt: null,
        levelOpt: null,
        textDef: `it's "so"`,
        intDef: -7,
        bigIntDef: '9007199254740993',
        booleanDef: true,
        levelDef: 'MEDIUM',
        createdAt: expect.any(String),
        updatedAt: expect.any(String),
      })
    })

    it.each([
      ['text', ''],
      ['text', 'Zażółć gęślą jaźń 🦊 \u202e "quoted" \\ \n'],
      ['int', -2147483648],
      ['int', 2147483647],
      ['bigInt', '9223372036854775807'],
      ['bigInt', '-9223372036854775808'],
      ['bigInt', '9007199254740993'],
      ['float', 0.1],
      ['float', -1.5e-7],
      ['decimal', '0.1'],
      ['decimal', '-123456.789'],
      ['boolean', true],
      ['dateTime', '2024-02-29T23:59:59.999Z'],
      ['dateTime', '1969-12-31T23:59:59.001Z'],
      ['json', { a: [1, null, { b: 'c' }], n: 1.5, t: true }],
      ['json', []],
      ['json', 'text'],
      ['json', 0],
      ['json', false],
      ['bytes', 'AAEC/w=='],
      ['bytes', ''],
      ['level', 'MEDIUM'],
    ])('%s %j comes back as it went', async (column, value) => {
      const row = await sent({ [column]: value })
      expect(row[column]).toEqual(value)
      expect((await api.get(`/api/everythings/${row.id}`)).body.data[column]).toEqual(value)
    })

    it.each([
      ['bigInt', 12, '12'],
      ['decimal', 1.5, '1.5'],
      ['decimal', '2.50', '2.5'],
      ['dateTime', '2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00.000Z'],
      ['dateTime', '2026-01-01', '2026-01-01T00:00:00.000Z'],
    ])('%s %j comes back as %j', async (column, value, expected) => {
      expect((await sent({ [column]: value }))[column]).toBe(expected)
    })

    if (provider === 'postgresql')
      it('keeps every digit of a decimal', async () => {
        const decimal = '12345678901234567890.123456789'
        expect((await sent({ decimal })).decimal).toBe(decimal)
      })

    it.each([
      ['text', 1],
      ['text', null],
      ['text', ['a']],
      ['int', '1'],
      ['int', 2147483648],
      ['int', true],
      ['bigInt', '9223372036854775808'],
      ['bigInt', 1.5],
      ['bigInt', 'x'],
      ['bigInt', 9007199254740992],
      ['float', '1'],
      ['decimal', 'NaN'],
      ['decimal', 'Infinity'],
      ['decimal', '1,5'],
      ['decimal', ''],
      ['boolean', 'true'],
      ['boolean', 0],
      ['dateTime', '01/02/2026'],
      ['dateTime', '2026-02-30T00:00:00Z'],
      ['dateTime', 1767225600],
      ['dateTime', '2026-01-01T25:00:00Z'],
      ['bytes', 'not base64!'],
      ['bytes', [1, 2]],
      ['level', 'LOWER'],
      ['level', 'mid'],
      ['level', 1],
    ])('%s refuses %j', async (column, value) => {
      expectProblem(await api.post('/api/everythings', { ...least, [column]: value }), 400, [
        column,
      ])
    })

    it('refuses JSON of too many levels', async () => {
      const deep = Array.from({ length: 100 }).reduce<unknown>((inner) => ({ a: inner }), 1)
      expectProblem(await api.post('/api/everythings', { ...least, json: deep }), 400)
    })

    it('finds a row by a value of every type', async () => {
      await clear(api)
      const row = await sent({
        text: 'find me',
        int: 41,
        bigInt: '9007199254740993',
        float: 0.5,
        decimal: '0.25',
        boolean: true,
        dateTime: '2026-05-05T05:05:05.005Z',
        bytes: 'AAEC/w==',
        level: 'HIGH',
      })
      await sent({})
      for (const column of [
        'text',
        'int',
        'bigInt',
        'float',
        'decimal',
        'boolean',
        'dateTime',
        'bytes',
        'level',
      ]) {
        const reply = await api.post('/api/everythings/search', {
          where: { [column]: row[column] },
        })
        const found = reply.body.data?.map(({ id }: { id: string }) => id)
        expect({ column, found }).toEqual({ column, found: [row.id] })
        const text = await api.get(
          `/api/everythings?where[${column}]=${encodeURIComponent(String(row[column]))}`,
        )
        expect({ column, total: text.body.meta?.total }).toEqual({ column, total: 1 })
      }
    })
  })
}
