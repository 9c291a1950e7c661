import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bins, linkDependencies } from '../examples/make.js'
import { plop } from '../plop/plop.js'
import { run } from '../support/process.js'
import { servers, type TestDatabase } from './servers.js'

let folder: string
let database: TestDatabase

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ssot-plop-'))
  database = await servers.mysql.makeDatabase()
})
afterAll(async () => {
  await database?.remove()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

it('makes schema and code on MySQL, and names the commands for a later migration', async () => {
  const env = { DATABASE_URL: database.url }
  const root = join(folder, 'app')
  const flags = ['--example', 'minimal', '--database', 'mysql', '--no-install', '--yes']
  const made = await run([process.execPath, bins.create, 'app', ...flags], { cwd: folder, env })
  expect(made.code, made.output).toBe(0)
  await linkDependencies(root)
  for (const words of [['client'], ['db', 'migrate']]) {
    const ended = await run([process.execPath, bins.ssot, ...words], { cwd: root, env })
    expect(ended.code, ended.output).toBe(0)
  }
  const ended = await plop(root, ['model', 'Label', 'name:string:unique', 'tasks:Task[]:many'], env)
  expect(ended.code, ended.output).toBe(1)
  expect(ended.output).toMatch(
    /The migration is not made: [\s\S]*Only Prisma's own command line changes MySQL tables\.[\s\S]*The schema and the code are changed, and stay\.[\s\S]*npx prisma migrate dev/,
  )
  expect(await readFile(join(root, 'prisma', 'schema.prisma'), 'utf8')).toContain('model Label {')
  const migrations = await readdir(join(root, 'prisma', 'migrations'))
  expect(migrations.filter((name) => /^\d/.test(name))).toHaveLength(1)
  const tsc = await run([process.execPath, 'node_modules/typescript/bin/tsc'], { cwd: root })
  expect(tsc).toEqual({ code: 0, output: '' })
})
