/** Bundles the bins, the public entry and the plopfile into dist/, dependencies left outside, and emits the types. */
import { execFile } from 'node:child_process'
import { chmod, readdir, rm } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const run = promisify(execFile)

const bundle = async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli.ts',
      ssot: 'src/ssot.ts',
      index: 'src/index.ts',
      plopfile: 'plopfile.ts',
    },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    metafile: true,
    logLevel: 'warning',
  })
  await Promise.all(['cli.js', 'ssot.js'].map((bin) => chmod(join(dist, bin), 0o755)))
  return Object.keys(metafile.outputs)
}

/** Chunks of earlier builds go after the new ones are there: a process that runs right now keeps working. */
const prune = async (outputs) => {
  const current = new Set(outputs.map((path) => relative('dist/chunks', path)))
  const chunks = await readdir(join(dist, 'chunks')).catch(() => [])
  await Promise.all(
    chunks
      .filter((name) => !current.has(name))
      .map((name) => rm(join(dist, 'chunks', name), { force: true })),
  )
}

const declare = () =>
  run(process.execPath, [
    join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
    '-p',
    join(root, 'tsconfig.types.json'),
  ])

const [outputs] = await Promise.all([bundle(), declare()])
await prune(outputs)
