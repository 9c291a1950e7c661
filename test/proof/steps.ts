import { bins } from '../examples/make.js'
import { filesOf } from '../examples/files.js'
import { run, type Ended } from '../support/process.js'
import { startApp } from '../support/start.js'

/** An app under proof. */
export type Subject = { readonly root: string; readonly env: Readonly<Record<string, string>> }

const MINUTES = 60

const node = ({ root, env }: Subject, ...args: string[]): Promise<Ended> =>
  run([process.execPath, ...args], {
    cwd: root,
    env: { ...env, NO_COLOR: '1' },
    seconds: 40 * MINUTES,
  })

const program = (name: string, path: string): string => `node_modules/${name}/${path}`

/** @throws Error with what a command printed, when it failed */
export async function succeed(ended: Promise<Ended>): Promise<string> {
  const { code, output } = await ended
  if (code !== 0) throw new Error(`exit ${code}\n${output}`)
  return output
}

export async function client(app: Subject): Promise<void> {
  await succeed(node(app, bins.ssot, 'client'))
}

/** Type-checks, and looks that no file of the app was left out. */
export async function types(app: Subject): Promise<void> {
  const { code, output: listed } = await node(app, program('typescript', 'bin/tsc'), '--listFiles')
  if (code !== 0) throw new Error(listed.replaceAll(/^(?!.*error TS).*\n/gm, ''))
  const checked = new Set(listed.replaceAll('\\', '/').split(/\r?\n/))
  const root = app.root.replaceAll('\\', '/')
  const sources = (await filesOf(app.root)).filter(
    (path) => path.endsWith('.ts') && !path.startsWith('.ssot/'),
  )
  const missed = sources.filter((path) => !checked.has(`${root}/${path}`))
  if (missed.length > 0) throw new Error(`not type-checked: ${missed.join(', ')}`)
}

export async function lint(app: Subject): Promise<void> {
  const output = await succeed(node(app, program('oxlint', 'bin/oxlint')))
  if (!output.includes('Found 0 warnings and 0 errors')) throw new Error(output)
  await succeed(node(app, program('oxfmt', 'bin/oxfmt'), '--check'))
}

export async function database(app: Subject): Promise<void> {
  await succeed(node(app, bins.ssot, 'db', 'migrate', '--name', 'init'))
}

export async function seed(app: Subject): Promise<void> {
  await succeed(node(app, bins.ssot, 'db', 'seed'))
}

/** Starts the app, reads every address that takes no parameter, and ends it. */
export async function boot(app: Subject): Promise<void> {
  const started = await startApp(app.root, ['--import', 'tsx', 'src/server.ts'], {
    ...app.env,
    LOG_LEVEL: 'error',
  })
  const failed: string[] = []
  try {
    const reply = await fetch(`${started.url}/openapi.json`)
    const document = (await reply.json()) as { paths: Record<string, { get?: object }> }
    const paths = Object.entries(document.paths).filter(
      ([path, methods]) => methods.get && !path.includes('{'),
    )
    for (const path of ['/health', '/ready', '/docs', ...paths.map(([path]) => path)]) {
      const { status } = await fetch(started.url + path)
      if (status !== 200) failed.push(`GET ${path}: ${status}`)
    }
  } finally {
    const code = await started.stop()
    if (code !== 0) failed.push(`ended with ${code}`)
  }
  if (failed.length > 0) throw new Error(failed.join('\n'))
}

/** The app's own tests. */
export async function ownTests(app: Subject, workers: number): Promise<void> {
  const flags = ['run', '--reporter=dot', `--maxWorkers=${workers}`]
  const output = await succeed(node(app, program('vitest', 'vitest.mjs'), ...flags))
  if (!/Tests .*\d+ passed/.test(output)) throw new Error(`no test ran\n${output}`)
}
