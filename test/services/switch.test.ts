import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Client } from '../contract/client.js'
import { bins, linkDependencies } from '../examples/make.js'
import { run } from '../support/process.js'
import { startApp } from '../support/start.js'
import { servers, type TestDatabase } from './servers.js'

let folder: string
let root: string
let server: TestDatabase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssot-switch-'))
  root = join(folder, 'app')
  server = await servers.postgresql.makeDatabase()
})
afterAll(async () => {
  await server?.remove()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

async function command(...words: string[]): Promise<string> {
  const { code, output } = await run([process.execPath, ...words], {
    cwd: words[0] === bins.create ? folder : root,
  })
  if (code !== 0) throw new Error(output)
  return output
}

/** The number of projects of the running app, after one more. */
async function projectsAfterOneMore(): Promise<number> {
  const app = await startApp(root, ['--import', 'tsx', 'src/server.ts'])
  try {
    const api = new Client(() => app.url)
    const made = await api.send('POST', '/api/projects', { name: 'New' })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return (await api.get('/api/projects/count')).body.data.count
  } finally {
    await app.stop()
  }
}

it('goes from the embedded PostgreSQL to a server by one line of .env: the tables come, the rows stay', async () => {
  await command(
    ...[bins.create, 'app', '--example', 'minimal', '--database', 'postgresql'],
    ...['--no-install', '--no-git', '--yes'],
  )
  await linkDependencies(root)
  await command(bins.ssot, 'client')
  await command(bins.ssot, 'db', 'migrate', '--name', 'init')
  await command(bins.ssot, 'db', 'seed')
  expect(await projectsAfterOneMore()).toBeGreaterThan(1)

  const env = await readFile(join(root, '.env'), 'utf8')
  expect(env).toContain('DATABASE_URL=pglite:')
  await writeFile(
    join(root, '.env'),
    env.replace(/^DATABASE_URL=.*$/m, `DATABASE_URL=${server.url}`),
  )
  expect(await command(bins.ssot, 'db', 'deploy')).toMatch(/Applied \d{14}_init/)
  expect(await projectsAfterOneMore()).toBe(1)
  expect(await readFile(join(root, 'README.md'), 'utf8')).toContain('The rows stay where they are')
})
