import { describe, expect, it } from 'vitest'
import type { RenderedFile } from '../render/render.js'
import type { Manifest } from './manifest.js'
import type { OnDisk } from './merge.js'
import { movesOf } from './moves.js'
import type { Naming } from './names.js'

const naming = { files: new Map([['post', 'article']]) } as unknown as Naming
const OLD = 'src/models/post/post.dto.ts'
const NEW = 'src/models/article/article.dto.ts'
const planned = [{ path: NEW }] as RenderedFile[]

const onDisk = (ours: string | null, base: string | null): OnDisk => ({ ours, base, stored: base })
const manifest = (outputs: readonly string[], orphans: readonly string[] = []): Manifest =>
  ({ outputs: outputs.map((path) => ({ path })), orphans }) as unknown as Manifest

describe('a file of a renamed model', () => {
  it.each([
    ['moves', manifest([OLD]), onDisk('a', 'a'), onDisk(null, null), true],
    ['moves with edits', manifest([OLD]), onDisk('mine', 'a'), onDisk(null, null), true],
    ['stays where its place is taken', manifest([OLD]), onDisk('a', 'a'), onDisk('x', null), false],
    ['has moved already', manifest([OLD]), onDisk(null, 'a'), onDisk('a', null), true],
    ['moves late', manifest([NEW], [OLD]), onDisk('mine', 'a'), onDisk('b', 'b'), true],
    [
      'stays where both are edited',
      manifest([NEW], [OLD]),
      onDisk('m', 'a'),
      onDisk('n', 'b'),
      false,
    ],
    [
      'stays where the new one was deleted',
      manifest([NEW], [OLD]),
      onDisk('m', 'a'),
      onDisk(null, 'b'),
      false,
    ],
  ])('%s', (_, previous, old, now, moves) => {
    const snapshot = new Map([
      [OLD, old],
      [NEW, now],
    ])
    const expected = moves ? [[OLD, NEW]] : []
    expect([...movesOf(planned, previous, snapshot, naming)]).toEqual(expected)
  })

  it('is one whose new path is planned', () => {
    expect([...movesOf([], manifest([OLD]), new Map(), naming)]).toEqual([])
  })
})
