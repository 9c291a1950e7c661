import { describe, expect, it } from 'vitest'
import { decide } from './decide.js'

describe('decide', () => {
  it.each([
    ['creates a file that is new', null, null, 'T', { kind: 'create', text: 'T' }],
    ['adopts an equal file it did not write', null, 'T', 'T', { kind: 'keep', reason: 'same' }],
    [
      'calls a differing file it did not write a conflict',
      null,
      'O',
      'T',
      {
        kind: 'conflict',
        reason: 'both-added',
        text: '<<<<<<< yours\nO\n||||||| last generated\n=======\nT\n>>>>>>> newly generated',
        lines: [1],
      },
    ],
    ['updates a file nobody edited', 'B', 'B', 'T', { kind: 'update', text: 'T' }],
    [
      'keeps an edit when the template says the same as before',
      'B',
      'O',
      'B',
      { kind: 'keep', reason: 'edited' },
    ],
    [
      'marks lines that both sides changed',
      'B',
      'O',
      'T',
      {
        kind: 'conflict',
        reason: 'both-changed',
        text: '<<<<<<< yours\nO\n||||||| last generated\nB\n=======\nT\n>>>>>>> newly generated',
        lines: [1],
      },
    ],
    [
      'merges an edit with a changed template',
      'a\nb\nc\n',
      'a\nmine\nb\nc\n',
      'a\nb\nnew\n',
      { kind: 'merge', text: 'a\nmine\nb\nnew\n' },
    ],
    ['keeps a deleted file deleted', 'B', null, 'T', { kind: 'keep', reason: 'deleted' }],
    ['deletes an untouched file that is no longer generated', 'B', 'B', null, { kind: 'delete' }],
    [
      'keeps an edited file that is no longer generated',
      'B',
      'O',
      null,
      { kind: 'keep', reason: 'orphan' },
    ],
  ] as const)('%s', (_name, base, ours, theirs, expected) => {
    expect(decide({ base, ours, theirs }, { path: 'src/a.ts' })).toEqual(expected)
  })

  it('leaves a file that is written once to its owner', () => {
    expect(
      decide({ base: 'B', ours: 'B', theirs: 'T' }, { path: 'a', onExisting: 'skip' }),
    ).toEqual({
      kind: 'keep',
      reason: 'yours',
    })
  })

  it.each([
    ['src/a.ts', 'x\n'],
    ['package.json', '{}\n'],
    ['.env.example', 'A=1\n'],
  ])('sees no edit in the line ends of %s, and keeps them when it changes', (path, old) => {
    const windows = old.replaceAll('\n', '\r\n')
    expect(decide({ base: old, ours: windows, theirs: old }, { path })).toEqual({
      kind: 'keep',
      reason: 'same',
    })
    expect(decide({ base: old, ours: windows, theirs: `${old}\n` }, { path })).toEqual({
      kind: 'update',
      text: `${windows}\r\n`,
    })
    expect(decide({ base: old, ours: windows, theirs: null }, { path })).toEqual({ kind: 'delete' })
  })

  it('keeps a file that is left behind when nobody knows what was generated', () => {
    expect(decide({ base: null, ours: 'O', theirs: null }, { path: 'a' })).toEqual({
      kind: 'keep',
      reason: 'orphan',
    })
  })
})
