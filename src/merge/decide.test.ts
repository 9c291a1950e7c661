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
      { kind: 'conflict', reason: 'both-added' },
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
      'never overwrites an edit with a changed template',
      'B',
      'O',
      'T',
      { kind: 'conflict', reason: 'both-changed' },
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
    expect(decide({ base, ours, theirs })).toEqual(expected)
  })

  it('leaves a file that is written once to its owner', () => {
    expect(decide({ base: 'B', ours: 'B', theirs: 'T' }, 'skip')).toEqual({
      kind: 'keep',
      reason: 'yours',
    })
  })
})
