import { describe, expect, it } from 'vitest'
import { mergeEnv } from './env.js'

const base = '# Head.\n\n# Port.\nPORT=3000\n\n# Level.\nLOG_LEVEL=info\n'

describe('mergeEnv', () => {
  it('keeps variables that both sides added at the end, each with its comment', () => {
    expect(mergeEnv(base, `${base}\n# Mine.\nMINE=1\n`, `${base}\n# New.\nNEW=2\n`)).toEqual({
      text: `${base}\n# New.\nNEW=2\n\n# Mine.\nMINE=1\n`,
      conflicts: [],
    })
  })

  it('keeps a changed value, another order and what the user took out', () => {
    const ours = '# Level.\nLOG_LEVEL=debug\n\n# Mine.\nMINE=1\n'
    const theirs = base.replace('# Level.', '# How much is logged.')
    expect(mergeEnv(base, ours, theirs)).toEqual({
      text: '# How much is logged.\nLOG_LEVEL=debug\n\n# Mine.\nMINE=1\n',
      conflicts: [],
    })
  })

  it('takes a variable out that is no longer generated', () => {
    const ours = `${base}MINE=1\n`
    expect(mergeEnv(base, ours, base.replace('\n# Level.\nLOG_LEVEL=info\n', ''))).toEqual({
      text: '# Head.\n\n# Port.\nPORT=3000\nMINE=1\n',
      conflicts: [],
    })
  })

  it('marks a variable that both sides gave a new value', () => {
    const at = (port: number) => base.replace('3000', String(port))
    const { text, conflicts } = mergeEnv(base, at(4000), at(5000))
    expect(conflicts).toEqual([4])
    expect(text).toContain(
      '<<<<<<< yours\nPORT=4000\n||||||| last generated\nPORT=3000\n=======\nPORT=5000\n>>>>>>>',
    )
  })

  it('merges by line where a variable is there twice', () => {
    const ours = `${base}PORT=1\n`
    expect(mergeEnv(base, ours, base.replace('# Head.', '# Top.'))).toEqual({
      text: ours.replace('# Head.', '# Top.'),
      conflicts: [],
    })
  })

  it('keeps Windows line ends', () => {
    const ours = `${base}MINE=1\n`.replaceAll('\n', '\r\n')
    expect(mergeEnv(base, ours, `${base}\nNEW=2\n`).text).toBe(
      `${base}\nNEW=2\nMINE=1\n`.replaceAll('\n', '\r\n'),
    )
  })
})
