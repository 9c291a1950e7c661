/** Bundles the bins, the public entry and the plopfile into dist/, with what they import, and emits the types. */
import { execFile } from 'node:child_process'
import { chmod, readdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { plopWithoutPrompts, precompiledTemplates } from './build-plugins.mjs'
import { licenseTexts } from './licenses.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const dist = join(root, 'dist')
const run = promisify(execFile)

/** Loading hundreds of small modules takes longer than generating an app, so nearly all are bundled. */
const bundle = () =>
  build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli.ts',
      ssot: 'src/ssot.ts',
      index: 'src/index.ts',
      kit: 'src/kit/index.ts',
      plopfile: 'plopfile.ts',
      'app-plopfile': 'app-plopfile.ts',
      pack: 'src/write/pack.ts',
    },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    // The main file of this one asks for its parts in a way that no bundler follows.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Native code and WASM find their files by their own place; the compiler of configs is seldom needed.
    external: ['oxfmt', 'oxc-parser', '@prisma/*', 'jiti'],
    // Bundled CommonJS asks for Node's own modules by `require`, which an ES module has not.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    legalComments: 'none',
    plugins: [plopWithoutPrompts, precompiledTemplates(root)],
    metafile: true,
    logLevel: 'warning',
  })

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

/** Packed here once: each app made from a checkout carries a copy of this package. */
const pack = async () => {
  const { packPackage } = await import('../dist/pack.js')
  await writeFile(join(dist, 'tool.tgz'), await packPackage())
}

const [{ metafile }] = await Promise.all([bundle(), declare()])
await Promise.all(['cli.js', 'ssot.js'].map((bin) => chmod(join(dist, bin), 0o755)))
await prune(Object.keys(metafile.outputs))
await writeFile(join(dist, 'licenses.txt'), await licenseTexts(root, metafile))
await pack()
