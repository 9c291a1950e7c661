import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inParallel } from './pool.js'

describe('work in parallel', () => {
  it('does as many at a time as it may, each once, and gives results in the order of the items', async () => {
    let running = 0
    let most = 0
    const started: number[] = []
    const results = await inParallel([30, 1, 20, 1, 10], 2, async (ms) => {
      started.push(ms)
      most = Math.max(most, ++running)
      await sleep(ms)
      running--
      return ms * 2
    })
    expect({ results, started, most }).toEqual({
      results: [60, 2, 40, 2, 20],
      started: [30, 1, 20, 1, 10],
      most: 2,
    })
  })

  it('ends with the first error', async () => {
    const fail = async (item: string): Promise<string> => {
      if (item === 'bad') throw new Error('bad')
      return item
    }
    await expect(inParallel(['good', 'bad', 'good'], 1, fail)).rejects.toThrow('bad')
  })
})
