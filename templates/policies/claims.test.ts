import { describe, expect, it } from 'vitest'

/** By address: the files they import types from are rendered for an app. */
const emitted = (name: string) =>
  import(new URL(`files/src/policies/${name}.ts`, import.meta.url).href)

const claims = await emitted('claims')
const { asBigInt, asBoolean, asDate, asDecimal, asInt, asList, asOneOf, asText, asUuid } = claims
const { claim, hasClaim, hasRole, lacksClaim } = claims
const { allOf, anyOf, every, some } = await emitted('rules')

const user = (claims: object, id = '7') => ({ id, via: 'JWT', claims: { ...claims } }) as const

describe('a claim', () => {
  it.each([undefined, null])('that is %s allows nothing', (org) => {
    expect(claim(user({ org }), ['org'], asInt, (value: number) => ({ org: value }))).toBe(false)
    expect(claim(user({ org }), ['org'], asInt, () => true)).toBe(false)
  })

  it('of nobody allows nothing', () => {
    expect(claim(null, ['id'], asInt, () => true)).toBe(false)
    expect([hasClaim(null, ['a']), lacksClaim(null, ['a'])]).toEqual([false, false])
  })

  it.each(['__proto__', 'constructor', 'toString'])('called %s is none unless given', (name) => {
    expect(lacksClaim(user({}), [name])).toBe(true)
    expect(lacksClaim(user({ a: 'text' }), ['a', name])).toBe(true)
  })

  it.each<[string, (value: unknown) => unknown, unknown, unknown]>([
    ['asInt', asInt, '7', 7],
    ['asInt', asInt, 7, 7],
    ['asInt', asInt, 1.5, undefined],
    ['asInt', asInt, 2 ** 31, undefined],
    ['asInt', asInt, NaN, undefined],
    ['asInt', asInt, '', undefined],
    ['asInt', asInt, true, undefined],
    ['asInt', asInt, [7], undefined],
    ['asInt', asInt, { not: 0 }, undefined],
    ['asBigInt', asBigInt, '9007199254740993', 9007199254740993n],
    ['asBigInt', asBigInt, '9223372036854775808', undefined],
    ['asDecimal', asDecimal, '1.50', '1.50'],
    ['asText', asText, 7, undefined],
    ['asText', asText, { contains: '' }, undefined],
    ['asBoolean', asBoolean, 'true', undefined],
    ['asUuid', asUuid, 'x', undefined],
    ['asDate', asDate, 'soon', undefined],
    ['asOneOf', asOneOf(['a', 'b']), 'c', undefined],
    ['asList', asList(asInt), '7', undefined],
    ['asList', asList(asInt), [7, 'x', null], [7]],
  ])('%s', (_, cast, value, expected) => {
    expect(cast(value)).toEqual(expected)
  })

  it('gives a role as a text or in a list', () => {
    expect(hasRole(user({ role: 'admin' }), 'admin')).toBe(true)
    expect(hasRole(user({ roles: ['a', 'admin'] }), 'admin')).toBe(true)
    expect(hasRole(user({ roles: 'admin', role: ['admin'] }), 'admin')).toBe(false)
    expect(hasRole(null, 'admin')).toBe(false)
  })
})

describe('rules', () => {
  it('are put together without an empty AND or OR, which Prisma would drop', () => {
    expect([allOf(), anyOf(), allOf(true), anyOf(false)]).toEqual([true, false, true, false])
    expect(allOf(true, { a: 1 })).toEqual({ a: 1 })
    expect(anyOf(false, { a: 1 }, { b: 1 })).toEqual({ OR: [{ a: 1 }, { b: 1 }] })
    expect([allOf({ a: 1 }, false), anyOf({ a: 1 }, true)]).toEqual([false, true])
  })

  it('of related rows hold for a known answer, too', () => {
    const rows = (related: object) => ({ rows: { some: related } })
    expect([some(rows, false), every(rows, true)]).toEqual([false, true])
    expect(some(rows, true)).toEqual({ rows: { some: {} } })
    expect(every(rows, false)).toEqual({ NOT: { rows: { some: {} } } })
    expect(every(rows, { a: 1 })).toEqual({ NOT: { rows: { some: { NOT: { a: 1 } } } } })
  })
})
