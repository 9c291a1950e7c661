import { runInThisContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { commentText, literal, propertyKey, stringLiteral } from './text.js'

const HOSTILE = [
  `it's "quoted"`,
  '${process.exit()} `tick`',
  '\\',
  "\\'; globalThis.pwned = 1; '",
  'line\nbreak\r\u2028\u2029',
  '</script>',
  '\u202eright to left',
  '\u0000\u001b[31m',
  '{{constructor}}',
]

describe('stringLiteral', () => {
  it.each(HOSTILE)('evaluates to the very text: %j', (text) => {
    expect(runInThisContext(stringLiteral(text))).toBe(text)
  })

  it('shows what would hide or turn the line round', () => {
    expect(stringLiteral('a\u202eb\u2028c\ufeff')).toBe("'a\\u202eb\\u2028c\\ufeff'")
  })
})

describe('literal', () => {
  it('prints nested data that evaluates to itself, keys that are no names included', () => {
    const data = { 'a-b': [1, true, null, HOSTILE[0]], constructor: { x: -0.5 }, "it's": 'x' }
    expect(runInThisContext(`(${literal(data)})`)).toEqual(data)
  })

  it('gives __proto__ as a key like any other', () => {
    const value = runInThisContext(`({ ${propertyKey('__proto__')}: 1 })`) as object
    expect(Object.keys(value)).toEqual(['__proto__'])
  })
})

describe('commentText', () => {
  it.each([...HOSTILE, 'end */ globalThis.pwned = 1 /* '])('cannot end its comment: %j', (text) => {
    const code = `/** ${commentText(text)} */ 42`
    expect(runInThisContext(code)).toBe(42)
    expect(code.split('\n')).toHaveLength(1)
    expect('pwned' in globalThis).toBe(false)
  })
})
