/**
 * Process start to first 200 of the generated blog against the server written by hand, and `create … --yes` to first
 * 200 with a warm npm cache. Prints ratios and seconds; asserts nothing.
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { GENERATED, HANDWRITTEN, makeBlog, removeApp, startServer } from './app.js'
import { median } from './measure.js'

const ROUNDS = 9

async function startMs(folder: string, script: string): Promise<number> {
  const server = await startServer(folder, script)
  await server.stop()
  return server.startMs
}

for (const framework of ['express', 'fastify']) {
  const folder = join(mkdtempSync(join(tmpdir(), 'ssot-bench-')), 'blog')
  const started = performance.now()
  makeBlog(folder, framework, 'registry')
  const made = (performance.now() - started) / 1000
  const first = await startMs(folder, GENERATED)
  await startMs(folder, HANDWRITTEN)
  const pairs: [number, number][] = []
  for (let round = 0; round < ROUNDS; round++)
    pairs.push([await startMs(folder, GENERATED), await startMs(folder, HANDWRITTEN)])
  const ratio = median(pairs.map(([a, b]) => a / b))
  const [ours, theirs] = [median(pairs.map((p) => p[0])), median(pairs.map((p) => p[1]))]
  console.log(
    `${framework}: start to first 200 ${ours.toFixed(0)} ms, by hand ${theirs.toFixed(0)} ms, × ${ratio.toFixed(2)}`,
  )
  console.log(
    `${framework}: create to first 200 ${(made + first / 1000).toFixed(1)} s, compiling included`,
  )
  removeApp(folder)
}
