import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeJson } from './json.js'

const print = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const base = print({
  name: 'app',
  scripts: { build: 'tsc', test: 'vitest' },
  dependencies: { express: '5.0.0', zod: '4.0.0' },
})

describe('mergeJson', () => {
  it('takes keys that both sides added, in the order and layout of the user', () => {
    const ours = `{
    "scripts": { "test": "vitest", "mine": "node mine.js", "build": "tsc" },
    "name": "app",
    "dependencies": {
        "express": "5.0.0",
        "left-pad": "1.0.0",
        "zod": "4.0.0"
    },
    "private": true
}`
    const theirs = print({
      name: 'app',
      scripts: { build: 'tsc', seed: 'ssot seed', test: 'vitest' },
      dependencies: { express: '5.1.0', pino: '9.0.0', zod: '4.0.0' },
      engines: { node: '20' },
    })
    expect(mergeJson(base, ours, theirs)).toEqual({
      text: `{
    "scripts": { "test": "vitest", "mine": "node mine.js", "build": "tsc", "seed": "ssot seed" },
    "name": "app",
    "dependencies": {
        "express": "5.1.0",
        "pino": "9.0.0",
        "left-pad": "1.0.0",
        "zod": "4.0.0"
    },
    "engines": {
        "node": "20"
    },
    "private": true
}`,
      conflicts: [],
    })
  })

  it('keeps comments and trailing commas', () => {
    const old = '{\n  "compilerOptions": {\n    "strict": true\n  },\n  "include": ["src"]\n}\n'
    const ours = `{
  // How strict.
  "compilerOptions": {
    "strict": true, // Always.
    /* Mine. */
    "noEmit": true,
  },
  "include": ["src", "mine"], // Mine, too.
}
`
    const theirs = old
      .replace('true\n', 'true,\n    "target": "es2023"\n')
      .replace('["src"]', '["src", "test"]')
    expect(mergeJson(old, ours, theirs)).toEqual({
      text: ours
        .replace('// Always.\n', '// Always.\n    "target": "es2023",\n')
        .replace('["src", "mine"]', '["src", "test", "mine"]'),
      conflicts: [],
    })
  })

  it.each([
    ['the first', { a: 1 }, '{\n  // b\n  "b": 2,\n  "c": 3,\n  "mine": 4\n}\n'],
    ['one in the middle', { b: 2 }, '{\n  "a": 1,\n  // b\n  "c": 3,\n  "mine": 4\n}\n'],
  ])('takes out %s key that is no longer generated', (_, gone, expected) => {
    const all = { a: 1, b: 2, c: 3 }
    const theirs = Object.fromEntries(Object.entries(all).filter(([key]) => !(key in gone)))
    const ours = '{\n  "a": 1,\n  // b\n  "b": 2,\n  "c": 3,\n  "mine": 4\n}\n'
    expect(mergeJson(print(all), ours, print(theirs))).toEqual({ text: expected, conflicts: [] })
  })

  it('takes out the last key and the only one', () => {
    const old = print({ a: 1, b: { c: 1 } })
    expect(mergeJson(old, old.replace('1', '2'), print({ a: 1 })).text).toBe('{\n  "a": 2\n}\n')
    expect(mergeJson(old, old.replace('1', '2'), print({ a: 1, b: {} })).text).toBe(
      '{\n  "a": 2,\n  "b": {}\n}\n',
    )
  })

  it('marks a value that both sides changed, in one place only', () => {
    const ours = base.replace('"4.0.0"', '"4.9.0"')
    const theirs = base.replace('"4.0.0"', '"4.1.0"').replace('"5.0.0"', '"5.1.0"')
    const { text, conflicts } = mergeJson(base, ours, theirs)
    expect(conflicts).toEqual([9])
    expect(text).toContain(
      `    "express": "5.1.0",
<<<<<<< yours
    "zod": "4.9.0"
||||||| last generated
    "zod": "4.0.0"
=======
    "zod": "4.1.0"
>>>>>>> newly generated
  }`,
    )
  })

  it('marks a key that one side changed and the other took out', () => {
    const without = print({ ...JSON.parse(base), dependencies: { express: '5.0.0' } })
    const changed = base.replace('"4.0.0"', '"4.1.0"')
    expect(mergeJson(base, without, changed).conflicts).toHaveLength(1)
    expect(mergeJson(base, changed, without).conflicts).toHaveLength(1)
  })

  it('merges by line what is no JSON any more', () => {
    const ours = base.replace('{', '{ oops')
    const theirs = base.replace('"4.0.0"', '"4.1.0"')
    expect(mergeJson(base, ours, theirs)).toEqual({
      text: ours.replace('"4.0.0"', '"4.1.0"'),
      conflicts: [],
    })
  })

  it('keeps Windows line ends', () => {
    const ours = base.replace('tsc', 'tsc -b').replaceAll('\n', '\r\n')
    expect(mergeJson(base, ours, base.replace('5.0.0', '5.1.0')).text).toBe(
      ours.replace('5.0.0', '5.1.0'),
    )
  })

  type Tree = { readonly [key: string]: unknown }
  const key = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'x.y')
  const leaf = fc.oneof(
    fc.constantFrom(1, 2, 'x', null, true),
    fc.uniqueArray(fc.constantFrom('p', 'q', 'r')),
    fc.array(fc.constantFrom(1, 2)),
  )
  const tree: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.dictionary(key, fc.oneof({ maxDepth: 2 }, leaf, tie('tree')), { maxKeys: 5 }),
  })).tree
  const layouts = [
    (value: unknown) => JSON.stringify(value),
    print,
    (value: unknown) => JSON.stringify(value, null, '\t'),
  ]

  it('gives the value that key by key is right, whatever the layout', () => {
    fc.assert(
      fc.property(tree, tree, tree, fc.constantFrom(...layouts), (old, ours, theirs, layout) => {
        const { text, conflicts } = mergeJson(print(old), layout(ours), print(theirs))
        const right = expected(old, ours, theirs)
        const merged = conflicts.length > 0 ? CLASH : JSON.parse(text)
        expect(sorted(merged, true)).toEqual(sorted(right, true))
      }),
      { numRuns: 2000 },
    )
  })

  const CLASH = Symbol('clash')
  const isTree = (value: unknown): value is Tree =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  const isNames = (value: unknown): value is string[] =>
    Array.isArray(value) && value.every((item) => typeof item === 'string')
  const same = (a: unknown, b: unknown) =>
    JSON.stringify(sorted(a, false)) === JSON.stringify(sorted(b, false))

  /** The same by values instead of texts. */
  function expected(old: unknown, ours: unknown, theirs: unknown): unknown {
    if (same(old, theirs) || same(ours, theirs)) return ours
    if (isTree(ours) && isTree(theirs) && (old === undefined || isTree(old))) {
      const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)])
      const own = (value: unknown, name: string) =>
        isTree(value) && Object.hasOwn(value, name) ? value[name] : undefined
      const entries = [...keys].map((name) => [
        name,
        expected(own(old, name), own(ours, name), own(theirs, name)),
      ])
      if (entries.some(([, value]) => value === CLASH)) return CLASH
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
    }
    if (isNames(ours) && isNames(theirs) && (old === undefined || isNames(old))) {
      const before = old ?? []
      const kept = ours.filter((name) => !before.includes(name) || theirs.includes(name))
      return [...new Set([...kept, ...theirs.filter((name) => !before.includes(name))])]
    }
    return same(old, ours) ? theirs : CLASH
  }

  /** Key order never matters; that of names only where somebody chose it. */
  function sorted(value: unknown, names: boolean): unknown {
    if (names && isNames(value)) return value.toSorted()
    if (Array.isArray(value)) return value.map((item) => sorted(item, names))
    if (!isTree(value)) return value
    const entries = Object.entries(value).map(([name, item]) => [name, sorted(item, names)])
    return { object: entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)) }
  }
})
