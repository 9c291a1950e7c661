import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openLedger } from './ledger.js'

type Result = { readonly name: string; readonly outcome: string }

describe('a ledger of results', () => {
  let root = ''
  afterEach(() => rm(root, { recursive: true, force: true }))

  const open = () => openLedger<Result>(join(root, 'new', 'ledger.json'), ({ name }) => name)

  it('gives a later run what an earlier one came to, the last of each name', async () => {
    root = await mkdtemp(join(tmpdir(), 'ssot-ledger-'))
    const first = open()
    first.add({ name: 'a', outcome: 'failed' })
    first.add({ name: 'b', outcome: 'passed' })
    first.add({ name: 'a', outcome: 'passed' })
    const second = open()
    expect(['a', 'b', 'c'].map((name) => second.find(name)?.outcome)).toEqual([
      'passed',
      'passed',
      undefined,
    ])
    const text = await readFile(join(root, 'new', 'ledger.json'), 'utf8')
    expect(JSON.parse(text)).toEqual([
      { name: 'a', outcome: 'passed' },
      { name: 'b', outcome: 'passed' },
    ])
  })
})
