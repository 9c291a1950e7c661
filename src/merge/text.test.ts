import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstMarker } from './markers.js'
import { mergeText } from './text.js'

const base = 'import a\n\nfunction one() {\n  return 1\n}\n\nfunction two() {\n  return 2\n}\n'

describe('mergeText', () => {
  it('takes what each side changed', () => {
    const ours = base.replace('return 1', 'return 1 // mine')
    const theirs = base.replace('return 2', 'return 22')
    expect(mergeText(base, ours, theirs)).toEqual({
      text: ours.replace('return 2', 'return 22'),
      conflicts: [],
    })
  })

  it('takes once what both sides changed alike', () => {
    const changed = base.replace('return 1', 'return 11')
    const theirs = changed.replace('return 2', 'return 22')
    expect(mergeText(base, changed, theirs)).toEqual({ text: theirs, conflicts: [] })
  })

  it('marks lines that both sides changed, with what they were, and says where', () => {
    const merged = mergeText('a\nb\nc\n', 'a\nmine\nc\n', 'a\nnew\nc\n')
    expect(merged).toEqual({
      text: [
        'a',
        '<<<<<<< yours',
        'mine',
        '||||||| last generated',
        'b',
        '=======',
        'new',
        '>>>>>>> newly generated',
        'c\n',
      ].join('\n'),
      conflicts: [2],
    })
    expect(firstMarker(merged.text)).toBe(2)
  })

  const object =
    'const all = {\n  one() {\n    return 1\n  },\n\n  two() {\n    return 2\n  },\n}\n'
  const mine = '  mine() {\n    return 0\n  },\n'

  it.each([
    [
      'behind a method that is changed',
      object.replace(/(?=^\}$)/m, `\n${mine}`),
      'return 2',
      'return 22',
    ],
    [
      'before a method that is changed',
      object.replace('  two', `${mine}\n  two`),
      '  two() {',
      '  two(x) {',
    ],
    ['between two', object.replace('  two', `${mine}\n  two`), 'return 1', 'return 11'],
  ])('keeps a method that was added %s', (_, ours, from, to) => {
    const changed = object.replace(from, to)
    const both = { text: ours.replace(from, to), conflicts: [] }
    expect(mergeText(object, ours, changed)).toEqual(both)
    expect(mergeText(object, changed, ours)).toEqual(both)
  })

  it('marks lines that one side added right behind lines that the other changed', () => {
    const { conflicts } = mergeText('a\nb\nc\n', 'a\nb\nmine\nc\n', 'a\nB\nc\n')
    expect(conflicts).toEqual([2])
  })

  it('keeps imports that both sides added at one place', () => {
    const old = "import { a } from 'a'\n\ncode\n"
    const merged = mergeText(
      old,
      old.replace('\n\n', "\nimport { mine } from './mine.js'\n\n"),
      old.replace('\n\n', "\nimport type { B } from './b.js'\n\n"),
    )
    expect(merged).toEqual({
      text: "import { a } from 'a'\nimport type { B } from './b.js'\nimport { mine } from './mine.js'\n\ncode\n",
      conflicts: [],
    })
  })

  it.each([
    ['one name twice', "import { b } from './mine.js'"],
    ['one module twice', "import { mine } from './b.js'"],
    ['a line that is no import', 'mine()'],
  ])('calls imports a conflict where they would give %s', (_, mine) => {
    const old = "import { a } from 'a'\n\ncode\n"
    const ours = old.replace('\n\n', `\n${mine}\n\n`)
    const theirs = old.replace('\n\n', "\nimport { b } from './b.js'\n\n")
    expect(mergeText(old, ours, theirs).conflicts).toEqual([2])
  })

  it('keeps elements that both sides added to a list that says that it may be added to', () => {
    const list = '[\n  // One line each, yours among them.\n  ...a,\n]\n'
    const ours = list.replace('...a,', '...a,\n  ...mine(1, 2),\n  own,')
    const theirs = list.replace('...a,', '...a,\n  ...b,')
    expect(mergeText(list, ours, theirs)).toEqual({
      text: list.replace('...a,', '...a,\n  ...b,\n  ...mine(1, 2),\n  own,'),
      conflicts: [],
    })
    const silent = (text: string) => text.replace(/ {2}\/\/.*\n/, '')
    expect(mergeText(silent(list), silent(ours), silent(theirs)).conflicts).toEqual([3])
    expect(mergeText(list, list.replace('...a', '...own'), theirs).conflicts).toEqual([3])
  })

  it('keeps Windows line ends, also where they are mixed with others', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n')
    const theirs = base.replace('return 2', 'return 22')
    const ours = base.replace('return 1', 'return 11')
    const merged = ours.replace('return 2', 'return 22')
    expect(mergeText(base, windows(ours), theirs).text).toBe(windows(merged))
    const mixed = windows(ours).replace('return 11\r\n', 'return 11\n')
    expect(mergeText(base, mixed, theirs).text).toBe(
      windows(merged).replace('return 11\r\n', 'return 11\n'),
    )
  })

  it('keeps a byte order mark, and a last line without an end', () => {
    const ours = `\uFEFF${base.replace('return 1', 'return 11').trimEnd()}`
    const theirs = base.replace('function two', 'function three')
    expect(mergeText(base, ours, theirs)).toEqual({
      text: ours.replace('function two', 'function three'),
      conflicts: [],
    })
  })

  it('marks every difference of two texts that nothing was generated from', () => {
    const { text, conflicts } = mergeText(null, 'a\nmine\nb\n', 'a\nb\nnew\n')
    expect(conflicts).toEqual([2, 8])
    expect(text.split('\n')).toEqual(expect.arrayContaining(['mine', 'new']))
  })

  it('is quick with thousands of equal lines', () => {
    const lines = Array.from({ length: 5000 }, (_, index) => (index % 5 === 0 ? `f${index}` : '}'))
    const text = (changes: Record<number, string>) =>
      lines.map((line, index) => changes[index] ?? line).join('\n')
    const started = performance.now()
    const merged = mergeText(text({}), text({ 2500: 'mine' }), text({ 2600: 'new' }))
    expect(merged).toEqual({ text: text({ 2500: 'mine', 2600: 'new' }), conflicts: [] })
    expect(performance.now() - started).toBeLessThan(2000)
  })

  const lines = fc.array(fc.constantFrom('a', 'b', 'c', '}', ''), { maxLength: 12 })
  const text = lines.map((list) => list.join('\n'))

  it('gives the changed text where only one side changed, and loses no line of the user', () => {
    fc.assert(
      fc.property(text, text, text, (old, ours, theirs) => {
        expect(mergeText(old, ours, old)).toEqual({ text: ours, conflicts: [] })
        expect(mergeText(old, old, theirs).conflicts).toEqual([])
        const added = `${ours}\nmine-${ours.length}`
        expect(mergeText(old, added, theirs).text.split('\n')).toContain(`mine-${ours.length}`)
      }),
      { numRuns: 500 },
    )
  })
})
