import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding } from '../../src/doctor/index.js'
import { run } from '../support/process.js'
import { bins, makeLinked, type MadeApp } from './make.js'

let app: MadeApp
beforeAll(async () => {
  app = await makeLinked('minimal', { framework: 'express', mode: 'registry' })
  // What an install would have left.
  await writeFile(join(app.root, 'package-lock.json'), '{}')
})
afterAll(() => app.remove())

type Diagnosis = { readonly code: number | null; readonly findings: readonly Finding[] }

async function doctor(env: Readonly<Record<string, string>> = {}): Promise<Diagnosis> {
  const { code, output } = await run([process.execPath, bins.ssot, 'doctor', '--json'], {
    cwd: app.root,
    env,
  })
  const report = JSON.parse(output) as { exitCode: number; findings: Finding[] }
  expect(report.exitCode).toBe(code)
  return { code, findings: report.findings }
}

const levels = ({ findings }: Diagnosis): Record<string, string> =>
  Object.fromEntries(
    findings.filter(({ level }) => level !== 'ok').map(({ check, level }) => [check, level]),
  )

const messageOf = ({ findings }: Diagnosis, name: Finding['check']): string =>
  findings
    .filter(({ check }) => check === name)
    .flatMap(({ message, remedies }) => [message, ...remedies])
    .join('\n')

/** Lets a file be something else for a while. */
async function withFile(
  path: string,
  change: (text: string) => string,
  work: () => Promise<void>,
): Promise<void> {
  const file = join(app.root, path)
  const text = await readFile(file, 'utf8')
  await writeFile(file, change(text))
  try {
    await work()
  } finally {
    await writeFile(file, text)
  }
}

/** Lets a file or folder be away for a while. */
async function without(path: string, work: () => Promise<void>): Promise<void> {
  const file = join(app.root, path)
  await rename(file, `${file}.away`)
  try {
    await work()
  } finally {
    await rename(`${file}.away`, file)
  }
}

describe('ssot doctor', () => {
  it('finds nothing wrong with a new app', async () => {
    const diagnosis = await doctor()
    expect(levels(diagnosis)).toEqual({})
    expect(diagnosis.code).toBe(0)
    expect(diagnosis.findings.map(({ check }) => check)).toEqual([
      ...['node', 'packages', 'env', 'code', 'conflicts', 'edits', 'client', 'database'],
    ])
  })

  it('tells a schema that code and database do not follow yet', () =>
    withFile(
      'prisma/schema.prisma',
      (text) => text.replace(/^(model Project \{\n)/m, '$1  budget Int?\n'),
      async () => {
        const diagnosis = await doctor()
        expect(levels(diagnosis)).toEqual({ code: 'warning', database: 'warning' })
        expect(messageOf(diagnosis, 'code')).toContain('ssot generate')
        expect(messageOf(diagnosis, 'database')).toMatch(
          /- .*budget.*not in the database[^]*ssot db migrate/,
        )
        expect(diagnosis.code).toBe(0)
      },
    ))

  it('names edited files, and the place of a conflict that is not resolved', () =>
    withFile(
      'src/server.ts',
      (text) => `${text}\n<<<<<<< yours\n=======\n>>>>>>> newly generated\n`,
      async () => {
        const diagnosis = await doctor()
        const line = (await readFile(join(app.root, 'src/server.ts'), 'utf8'))
          .split('\n')
          .indexOf('<<<<<<< yours')
        expect(messageOf(diagnosis, 'conflicts')).toContain(`src/server.ts:${line + 1}`)
        expect(messageOf(diagnosis, 'edits')).toContain('1 edited: src/server.ts')
        expect(diagnosis.code).toBe(1)
      },
    ))

  it('misses the last generated text of an edited file', () =>
    withFile(
      'src/server.ts',
      (text) => `${text}// mine\n`,
      () =>
        without('.ssot/base/src/server.ts.base', async () => {
          const diagnosis = await doctor()
          expect(levels(diagnosis)).toEqual({ edits: 'warning' })
          expect(messageOf(diagnosis, 'edits')).toContain('not known: src/server.ts')
        }),
    ))

  it.each([
    ['node_modules', { packages: 'error' }, 'npm install'],
    ['src/generated', { client: 'error' }, 'ssot client'],
    ['data', { database: 'error' }, 'ssot db deploy'],
    ['package-lock.json', { packages: 'warning' }, 'npm install'],
    ['.env.example', { edits: undefined, env: 'warning' }, 'ssot generate'],
    ['.ssot/generation.json', { code: 'error' }, 'version control'],
  ] as const)('misses %s', (path, expected, remedy) =>
    without(path, async () => {
      const diagnosis = await doctor()
      expect(levels(diagnosis)).toEqual(
        Object.fromEntries(Object.entries(expected).filter(([, level]) => level !== undefined)),
      )
      const [check] = Object.keys(levels(diagnosis)) as Finding['check'][]
      expect(messageOf(diagnosis, check!)).toContain(remedy)
      expect(diagnosis.code).toBe(Object.values(expected).includes('error' as never) ? 1 : 0)
    }),
  )

  it('sees the lock file of another package manager', async () => {
    const path = join(app.root, 'yarn.lock')
    await writeFile(path, '')
    try {
      expect(messageOf(await doctor(), 'packages')).toMatch(/made for npm[^]*yarn\.lock/)
    } finally {
      await rm(path)
    }
  })

  it('names variables that have no value, and a database that is not there', () =>
    withFile(
      '.env',
      (text) => text.replace(/^PORT=.*\n/m, ''),
      async () => {
        const diagnosis = await doctor({ DATABASE_URL: 'file:./data/nowhere.db' })
        expect(levels(diagnosis)).toEqual({ env: 'warning', database: 'error' })
        expect(messageOf(diagnosis, 'env')).toContain('PORT')
        expect(messageOf(diagnosis, 'database')).toContain('nowhere.db')
      },
    ))

  it('changes nothing', async () => {
    const status = (): Promise<string> =>
      run(['git', 'status', '--porcelain', '--ignored'], { cwd: app.root }).then(
        ({ output }) => output,
      )
    const before = await status()
    await doctor()
    expect(await status()).toBe(before)
  })
})
