/**
 * Process start to first 200 of the generated blog against the server written by hand, and `create … --yes` to first
 * 200 with a warm npm cache. Prints ratios and seconds; asserts nothing.
 */
import { FROM_SOURCE, GENERATED, HANDWRITTEN, compileBlog, startServer, withBlog } from './app.js'
import { machine, middle, row, times } from './measure.js'

const ROUNDS = 11

async function startMs(folder: string, args: readonly string[]): Promise<number> {
  const server = await startServer(folder, args)
  await server.stop()
  return server.startMs
}

async function compareStarts(folder: string, framework: string): Promise<void> {
  compileBlog(folder, framework)
  const pairs: (readonly [number, number])[] = []
  // Round 0 warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [await startMs(folder, GENERATED), await startMs(folder, HANDWRITTEN)] as const
    if (round > 0) pairs.push(pair)
  }
  const { a, b, ratio } = middle(pairs)
  row([
    `${framework}: start to first 200`,
    `${a.toFixed(0)} ms`,
    `${b.toFixed(0)} ms`,
    times(ratio),
  ])
}

console.log(machine())
row(['', 'generated', 'by hand', 'ratio'])
for (const framework of ['express', 'fastify']) {
  // The first one fills npm's cache.
  await withBlog(framework, 'registry', async () => {})
  await withBlog(framework, 'registry', async (folder, seconds) => {
    const first = await startMs(folder, FROM_SOURCE)
    row([`${framework}: create to first 200`, `${(seconds + first / 1000).toFixed(1)} s`])
    await compareStarts(folder, framework)
  })
}
