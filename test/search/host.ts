import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { dependencyFolder } from '../contract/dependencies.js'
import type { Person } from '../policies/oracle.js'
import { type Edit, SIGN_IN } from '../support/app-edits.js'
import { previewApp } from '../support/preview-app.js'
import { readSchemaFiles } from '../../src/database/app.js'
import { generateClient } from '../../src/database/client.js'
import { migrate } from '../../src/database/migrate.js'

export type Answer = {
  readonly status: number
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body?: any
}

/** An emitted app in this process: its routes are called as its adapters call them. */
export type HostedApp = {
  send(who: Person | null, method: string, path: string, body?: unknown): Promise<Answer>
  close(): Promise<void>
}

type Handler = (request: object) => Promise<Answer>
type Endpoint = { readonly method: string; readonly path: string; readonly handler: Handler }

type Bundle = {
  readonly resources: readonly { readonly model: string }[]
  endpointsOf(resource: object): readonly Endpoint[]
  matchedRoute(prefix: string, endpoint: Endpoint): object
  dispatch(call: object, head: object, read: () => object): Promise<Answer>
  modelMeta(name: string): { readonly path: string }
  closeDatabase(): Promise<void>
}

export type HostOptions = {
  /** Models and enums. */
  readonly models: string
  readonly mode: 'registry' | 'layered'
  readonly provider?: 'sqlite' | 'postgresql' | 'mysql'
  readonly databaseUrl: string
  readonly plugins?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly edits?: readonly Edit[]
}

const entryOf = (
  mode: string,
): string => `export { resources } from './${mode === 'layered' ? 'models' : mode}/index.js'
export { endpointsOf, matchedRoute } from './http/resource.js'
export { modelMeta } from './http/lookup.js'
export { dispatch } from './http/dispatch.js'
export { closeDatabase } from './db.js'
`

type Apps = {
  readonly folder: string
  /** `import` as Node has it: that of a test runner would take bundles apart. */
  readonly load: (url: string) => Promise<unknown>
}

let apps: Promise<Apps> | undefined

/** All apps share one tree of packages, which then is loaded once. */
async function prepare(): Promise<Apps> {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-search-'))
  symlinkSync(
    join(await dependencyFolder(), 'node_modules'),
    join(folder, 'node_modules'),
    'junction',
  )
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const loader = join(folder, 'load.cjs')
  writeFileSync(loader, 'module.exports = (url) => import(url)\n')
  return { folder, load: createRequire(loader)(loader) as Apps['load'] }
}

/** Generates an app and loads it. */
export async function hostApp(options: HostOptions): Promise<HostedApp> {
  const { mode, provider = 'sqlite', databaseUrl, env = {} } = options
  apps ??= prepare()
  const { folder, load } = await apps
  const root = mkdtempSync(join(folder, 'app-'))
  await writeApp(root, options)
  await generateClient(root)
  const database = { root, provider, files: readSchemaFiles(root), url: databaseUrl }
  await migrate(database, { name: 'init' })
  const outfile = join(root, 'bundle', 'app.mjs')
  writeFileSync(join(root, 'src', 'entry.ts'), entryOf(mode))
  await build({
    ...{ entryPoints: [join(root, 'src', 'entry.ts')], outfile, bundle: true, logLevel: 'error' },
    ...{ platform: 'node', format: 'esm', packages: 'external', target: 'node20' },
  })
  // The app reads its environment once, when it is loaded.
  const before = { ...process.env }
  Object.assign(process.env, {
    LOG_LEVEL: process.env['SEARCH_LOG'] ?? 'silent',
    REQUEST_TIMEOUT_MS: '60000',
    ...env,
    DATABASE_URL: databaseUrl,
  })
  const app = (await load(pathToFileURL(outfile).href).finally(() => {
    for (const name of Object.keys({
      LOG_LEVEL: '',
      REQUEST_TIMEOUT_MS: '',
      ...env,
      DATABASE_URL: '',
    }))
      if (before[name] === undefined) delete process.env[name]
      else process.env[name] = before[name]
  })) as Bundle
  return {
    send: caller(app),
    async close() {
      await app.closeDatabase()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

async function writeApp(root: string, options: HostOptions): Promise<void> {
  const { models, mode, provider = 'sqlite', plugins = [], edits = [] } = options
  const files = new Map(await previewApp(models, { plugins, provider, mode }))
  for (const { file, find, replace } of [SIGN_IN, ...edits]) {
    const text = files.get(file) ?? ''
    if (text.split(find).length !== 2) throw new Error(`'${find}' is not once in ${file}.`)
    files.set(
      file,
      text.replace(find, () => replace),
    )
  }
  for (const [path, text] of files) {
    if (!/^(src|prisma)\/|^package\.json$/.test(path)) continue
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

function caller(app: Bundle): HostedApp['send'] {
  const routes = app.resources.flatMap((resource) =>
    app.endpointsOf(resource).map((endpoint) => {
      const { method, path, handler } = endpoint
      const prefix = `/api/${app.modelMeta(resource.model).path}`
      const full = `${prefix}${path === '/' ? '' : path}`
      const names = [...full.matchAll(/:(\w+)/g)].map(([, name]) => name!)
      return {
        method,
        call: { route: app.matchedRoute(prefix, endpoint), handler },
        names,
        pattern: new RegExp(`^${full.replaceAll(/:\w+/g, '([^/]+)')}$`),
      }
    }),
  )
  return async (who, method, path, body) => {
    const [at = '', query = ''] = path.split('?', 2)
    const route = routes.find((it) => it.method === method && it.pattern.test(at))
    if (!route) throw new Error(`There is no ${method} ${path}.`)
    const values = route.pattern.exec(at)!.slice(1)
    const params = Object.fromEntries(route.names.map((name, index) => [name, values[index]]))
    const headers: Record<string, string> =
      who === null ? {} : { 'x-test-user': JSON.stringify(who) }
    const head = { id: 'search', method }
    const answer = await app.dispatch(route.call, head, () => ({
      ...{ ...head, params, query: Object.fromEntries(new URLSearchParams(query)) },
      ...{ address: '127.0.0.1', body: body === undefined ? undefined : structuredClone(body) },
      header: (name: string) => headers[name],
    }))
    return { status: answer.status, body: answer.body }
  }
}
