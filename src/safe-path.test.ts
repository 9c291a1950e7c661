import { describe, expect, it } from 'vitest'
import { isForPlugins, isInside } from './safe-path.js'

const GIT = [
  ...['.git', '.GIT', '.Git', '.git.', '.git...', '.git ', '.git . ', '.git::$INDEX_ALLOCATION'],
  ...['.git:stream', 'git~1', 'GIT~1', 'git~2', 'git~1.', '.g\u200cit', '.git\u200f', '\ufeff.git'],
  ...['.gi\u202et', '.git\u206a. '],
]

describe('isInside', () => {
  it.each(GIT)('refuses %j wherever it stands', (name) => {
    for (const path of [name, `${name}/hooks/x`, `sub/${name}/hooks/x`, `a/b/${name}`])
      expect(isInside(path), path).toBe(false)
  })

  it.each(['', '/', '/a', 'a/', 'a//b', '.', 'a/./b', '..', 'a/../b', 'C:/a', 'a\\b', 'a\0', null])(
    'refuses %j',
    (path) => {
      expect(isInside(path)).toBe(false)
    },
  )

  it.each([
    'a',
    'src/git.ts',
    '.github/workflows/ci.yml',
    '.gitignore',
    '.gitattributes',
    'a.git/b',
  ])('takes %j', (path) => {
    expect(isInside(path)).toBe(true)
    expect(isForPlugins(path)).toBe(true)
  })
})

describe('isForPlugins', () => {
  it.each([
    '.ssot/lock',
    '.SSOT./lock',
    'ssot~1/lock',
    'node_modules/a',
    'Node_Modules /a',
    '.git/a',
  ])('refuses %j', (path) => {
    expect(isForPlugins(path)).toBe(false)
  })
})
