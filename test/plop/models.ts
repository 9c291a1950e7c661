import { readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Combination } from '../examples/combinations.js'
import { bins, makeLinked, type MadeApp } from '../examples/make.js'
import { findUnused } from '../examples/unused.js'
import { run } from '../support/process.js'
import { startApp } from '../support/start.js'
import { addedLines } from './lines.js'
import { plop } from './plop.js'

const COMMANDS = [
  ['model', 'Customer', 'name:string', 'email:string:unique'],
  [
    ...['model', 'Invoice', 'number:string:unique', 'total:decimal=0', 'notes:string?'],
    ...[
      'status:enum(draft,sent,paid)=draft',
      'customer:Customer',
      'project:Project?',
      'tasks:Task[]:many',
    ],
  ],
  ['model', 'Line', 'invoice:Invoice:id', 'position:int:id', 'text:string'],
]

/** Lines that the schema of `minimal` gets, in order. */
const ADDED = `  invoices  Invoice[]
  invoices  Invoice[]

model Customer {
  id    Int    @id @default(autoincrement())
  name  String
  email String @unique
  invoices Invoice[]
}

model Invoice {
  id         Int           @id @default(autoincrement())
  number     String        @unique
  total      Decimal       @default(0)
  notes      String?
  status     InvoiceStatus @default(draft)
  customer   Customer      @relation(fields: [customerId], references: [id])
  customerId Int
  project    Project?      @relation(fields: [projectId], references: [id])
  projectId  Int?
  tasks      Task[]
  lines      Line[]

  @@index([customerId])
  @@index([projectId])
}

enum InvoiceStatus {
  draft
  sent
  paid
}

model Line {
  invoice   Invoice @relation(fields: [invoiceId], references: [id])
  invoiceId Int
  position  Int
  text      String

  @@id([invoiceId, position])
}
`

/** Three models, one after the other, in apps of these kinds. */
export function describeModels(own: readonly Combination[]): void {
  describe.each(own)('plop model: $framework, $mode', (combination) => {
    let app: MadeApp
    let before: string
    const schema = (): string => join(app.root, 'prisma', 'schema.prisma')
    const node = (...command: string[]) => run([process.execPath, ...command], { cwd: app.root })

    beforeAll(async () => {
      app = await makeLinked('minimal', combination)
      // As an editor on Windows leaves it, with a remark at the end.
      const text = `${await readFile(schema(), 'utf8')}\n//  The end.`
      before = text.replaceAll('\n', '\r\n')
      await writeFile(schema(), before)
    }, 600_000)
    afterAll(() => app?.remove())

    it('adds one after the other', async () => {
      for (const words of COMMANDS) {
        const ended = await plop(app.root, words)
        expect(ended.code, ended.output).toBe(0)
        expect(ended.output).toContain(`${words[1]} is in the schema, the code and the database`)
      }
    })

    it('changes no byte of the schema that was there', async () => {
      const after = await readFile(schema(), 'utf8')
      const added = addedLines(before, after)
      expect(added).toBe(ADDED.replaceAll('\n', '\r\n'))
    })

    it('writes a migration for each', async () => {
      const names = await readdir(join(app.root, 'prisma', 'migrations'))
      const words = names.filter((name) => /^\d/.test(name)).map((name) => name.slice(15))
      expect(words).toEqual(['init', 'add_customer', 'add_invoice', 'add_line'])
    })

    it('leaves an app that is whole: types, lint, format, nothing unused, nothing to generate', async () => {
      expect(await node('node_modules/typescript/bin/tsc')).toEqual({ code: 0, output: '' })
      expect(await node('node_modules/oxlint/bin/oxlint')).toMatchObject({ code: 0 })
      expect(await node('node_modules/oxfmt/bin/oxfmt', '--check')).toMatchObject({ code: 0 })
      expect(await findUnused(app.root)).toEqual({ code: 0, output: '' })
      expect((await node(bins.ssot, 'generate')).output).toContain('up to date')
    })

    it('passes its own tests, those of the new models among them', async () => {
      const { code, output } = await run(['npm', 'test'], { cwd: app.root })
      expect(code, output).toBe(0)
      for (const name of ['customer', 'invoice', 'line'])
        expect(output).toContain(`${name}.test.ts`)
    })

    it('serves the new models', async () => {
      const started = await startApp(app.root, ['--import', 'tsx', 'src/server.ts'])
      try {
        await useModels(`${started.url}/api`)
      } finally {
        await started.stop()
      }
    })
  })
}

async function useModels(api: string): Promise<void> {
  const post = async (path: string, body: object) => {
    const reply = await fetch(`${api}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: reply.status, ...((await reply.json()) as { data: Record<string, unknown> }) }
  }
  const customer = await post('customers', { name: 'Ada', email: 'ada@example.org' })
  expect(customer.status).toBe(201)
  const invoice = { number: 'A-1', customerId: customer.data['id'] }
  const made = await post('invoices', invoice)
  expect(made).toMatchObject({
    status: 201,
    data: { ...invoice, total: '0', status: 'draft', notes: null },
  })
  expect(await post('invoices', invoice)).toMatchObject({ status: 409 })
  expect(await post('invoices', { ...invoice, number: 'A-2', status: 'lost' })).toMatchObject({
    status: 400,
  })
  const line = { invoiceId: made.data['id'], position: 1, text: 'Work' }
  expect(await post('lines', line)).toMatchObject({ status: 201, data: line })
  const reply = await fetch(`${api}/lines/${line.invoiceId}/1?include=invoice`)
  expect(await reply.json()).toMatchObject({
    data: { ...line, invoice: { number: 'A-1' } },
  })
}
