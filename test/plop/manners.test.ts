import { existsSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bins, makeLinked, type MadeApp } from '../examples/make.js'
import { contentsOf } from '../examples/files.js'
import { run } from '../support/process.js'
import { addedLines } from './lines.js'
import { plop, plopOnTerminal, type Step } from './plop.js'

const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script')

/** What one types to add an invoice by questions. */
const STEPS: readonly Step[] = [
  ['Name of the model', 'Invoice\r'],
  ['Name of the first field', 'number\r'],
  ['Type', '\r'],
  ['A list of them?', '\r'],
  ['May it be left out?', '\r'],
  ['Different in every row?', 'y\r'],
  ['Default', '\r'],
  ['Name of the next field', 'state\r'],
  ['Type', 'enum'],
  ['enum (new values)', '\r'],
  ['Its values', 'draft,sent\r'],
  ['A list of them?', '\r'],
  ['May it be left out?', '\r'],
  ['Different in every row?', '\r'],
  ['Default', 'draft\r'],
  ['Name of the next field', 'workspace\r'],
  ['Type', 'Workspace'],
  ['Workspace (one)', '\r'],
  ['May it be left out?', 'y\r'],
  ['Different in every row?', '\r'],
  ['Name of the next field', '\r'],
  ['Write this?', 'y\r'],
]

/** An app with a PostgreSQL schema: its columns and tables have names of their own. */
describe('plop in an app', () => {
  let app: MadeApp
  const schema = (): Promise<string> => readFile(join(app.root, 'prisma', 'schema.prisma'), 'utf8')

  beforeAll(async () => {
    app = await makeLinked('ai-chat', { framework: 'fastify', mode: 'layered' })
  }, 600_000)
  afterAll(() => app?.remove())

  it.each([
    ['model', ['No model is named, and nobody can be asked.', 'npx plop model Invoice']],
    ['model Invoice', ['No field is given, and nobody can be asked.', 'enum(a,b)']],
    ['field', ['No model is named']],
    ['field Usre name:string', ["There is no model 'Usre'.", 'Did you mean User?']],
    [
      'model Invoice total:decimall',
      ["Word 2, 'total:decimall', at character 7", 'write: total:decimal'],
    ],
    ['model Invoice total:decimal --dry-run', ['knows no flag --dry-run']],
  ])('plop %s is exit 2 without a terminal, and writes nothing', async (words, told) => {
    const before = await contentsOf(app.root)
    const ended = await plop(app.root, words.split(' '))
    expect(ended.code, ended.output).toBe(2)
    for (const text of told) expect(ended.output).toContain(text)
    expect(await contentsOf(app.root)).toEqual(before)
  })

  it.runIf(hasTerminal)('leaves all as it was at Ctrl-C, and ends with 130', async () => {
    const before = await contentsOf(app.root)
    const ended = await plopOnTerminal(
      app.root,
      ['model'],
      [...STEPS.slice(0, 8), ['Type', '\u0003']],
    )
    expect(ended.code, ended.output).toBe(130)
    expect(await contentsOf(app.root)).toEqual(before)
  })

  it.runIf(hasTerminal)(
    'asks on a terminal, says what is wrong at once, shows what it will write',
    async () => {
      const before = await schema()
      const wrong: Step[] = [
        ['Name of the model', 'User\r'],
        ['is there already', '\b\b\b\b'],
      ]
      const ended = await plopOnTerminal(app.root, ['model'], [...wrong, ...STEPS])
      expect(ended.code, ended.output).toBe(0)
      expect(ended.output).toContain('+ model Invoice {')
      expect(ended.output).toContain('Invoice is in the schema, the code and the database')
      expect(addedLines(before, await schema())).toBe(`  invoices          Invoice[]

model Invoice {
  id          String       @id @default(uuid()) @db.Uuid
  number      String       @unique
  state       InvoiceState @default(draft)
  workspace   Workspace?   @relation(fields: [workspaceId], references: [id])
  workspaceId String?      @map("workspace_id") @db.Uuid

  @@index([workspaceId])
  @@map("invoices")
}

enum InvoiceState {
  draft
  sent
}
`)
    },
  )

  it('adds fields to a model that is there', async () => {
    const before = await schema()
    const ended = await plop(app.root, ['field', 'Document', 'labels:string[]', 'reviewer:User?'])
    expect(ended.code, ended.output).toBe(0)
    const names = await readdir(join(app.root, 'prisma', 'migrations'))
    expect(names.some((name) => name.endsWith('_add_to_document'))).toBe(true)
    expect(addedLines(before, await schema())).toContain('reviewerId')
    const tsc = await run([process.execPath, 'node_modules/typescript/bin/tsc'], { cwd: app.root })
    expect(tsc).toEqual({ code: 0, output: '' })
  })

  it('says what is left to do when the database is away, and ends with 1', async () => {
    const before = await schema()
    const DATABASE_URL = 'postgresql://me:secret@127.0.0.1:1/none'
    const ended = await plop(app.root, ['model', 'Badge', 'name:string'], { DATABASE_URL })
    expect(ended.code, ended.output).toBe(1)
    expect(ended.output).toMatch(
      /The migration is not made: The database at 127\.0\.0\.1:1\/none can't be reached/,
    )
    expect(ended.output).toContain('npx ssot db migrate --name add_badge')
    expect(ended.output).not.toContain('secret')
    expect(addedLines(before, await schema())).toContain('model Badge {')
    const migrate = [process.execPath, bins.ssot, 'db', 'migrate', '--name', 'add_badge']
    const migrated = await run(migrate, { cwd: app.root })
    expect(migrated.output).toMatch(/Applied \d+_add_badge/)
  })
})
