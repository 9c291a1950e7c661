import { describe, expect, it } from 'vitest'
import { wordsBehind } from './plop-words.js'

describe('the words behind a generator, as they were typed', () => {
  it.each([
    [
      ['model', 'Invoice', 'number:string:unique', 'notes:string?'],
      ['Invoice', 'number:string:unique', 'notes:string?'],
    ],
    [
      ['--plopfile', 'model', 'model', 'A', 'a:int=-5'],
      ['A', 'a:int=-5'],
    ],
    [
      ['--no-progress', 'model', '-t', '--', 'A', 'model:string'],
      ['A', 'model:string'],
    ],
    [
      ['model', 'Post', '_', '007'],
      ['Post', '_', '007'],
    ],
    [['model'], []],
    [[], []],
  ])('%j', (argv, words) => {
    expect(wordsBehind('model', argv)).toEqual(words)
  })

  it.each(['--force', '-f', '--model=Invoice'])('refuses %s', (flag) => {
    expect(() => wordsBehind('model', ['model', 'Invoice', flag])).toThrow(`knows no flag ${flag}`)
  })
})
