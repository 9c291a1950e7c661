/**
 * Type-check time of an emitted app against that of its Prisma client alone, in turn. Prisma marks its client
 * `@ts-nocheck`: the compiler reads it and checks nothing, until a query brings its types to life. So the app is also
 * compared to a client without that mark, which is checked like any code. Prints ratios; asserts nothing.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withApp } from './app.js'
import { machine, middle, row, seconds, times, type Job } from './measure.js'
import { syntheticSchema } from './schemas.js'

const ROUNDS = 5
const CLIENT = 'src/generated/prisma'
const NO_CHECK = /^\/\/ @ts-nocheck\s*$/m
/** What the client takes from elsewhere without types of it. */
const AMBIENT = `declare module '*.mjs'
declare namespace WebAssembly {
  class Module {
    constructor(bytes: unknown)
  }
}
`

/** A project of the client and one file that imports it, out of sight of the app's own. @returns its path */
function clientProject(folder: string, name: string, change: (text: string) => string): string {
  const project = join(folder, 'bench', name)
  const client = join(project, 'prisma')
  cpSync(join(folder, CLIENT), client, { recursive: true })
  for (const path of readdirSync(client, { recursive: true, encoding: 'utf8' })) {
    const file = join(client, path)
    if (path.endsWith('.ts')) writeFileSync(file, change(readFileSync(file, 'utf8')))
  }
  const lines = [
    `import { PrismaClient } from './prisma/client.js'`,
    'export type Client = InstanceType<typeof PrismaClient>',
  ]
  writeFileSync(join(project, 'use.ts'), `${lines.join('\n')}\n`)
  writeFileSync(join(project, 'ambient.d.ts'), AMBIENT)
  // Not all that Prisma generates is used.
  const compilerOptions = { noUnusedLocals: false, noUnusedParameters: false }
  const config = { extends: '../../tsconfig.json', compilerOptions, include: ['.'] }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify(config))
  return project
}

/** @throws Error when the text is not marked: then there would be nothing to tell apart */
function unmarked(text: string): string {
  if (!NO_CHECK.test(text)) throw new Error('The client is not marked @ts-nocheck.')
  return text.replace(NO_CHECK, '')
}

async function measure(folder: string, label: string): Promise<void> {
  const tsc = join(folder, 'node_modules/typescript/bin/tsc')
  const projects = [
    folder,
    clientProject(folder, 'client', (text) => text),
    clientProject(folder, 'checked', unmarked),
  ]
  const jobs = projects.map((cwd): Job => ({ args: [tsc], cwd }))
  const rounds: number[][] = []
  // Round 0 warms up.
  for (let round = 0; round <= ROUNDS; round++) {
    const taken: number[] = []
    for (const one of jobs) taken.push(await seconds(one))
    if (round > 0) rounds.push(taken)
  }
  const against = (other: number) =>
    middle(rounds.map((taken) => [taken[0] ?? Number.NaN, taken[other] ?? Number.NaN]))
  const [client, checked] = [against(1), against(2)]
  const figures = [client.a, client.b, checked.b].map((value) => `${value.toFixed(2)} s`)
  row([label, ...figures, times(client.ratio), times(checked.ratio)])
}

const work = mkdtempSync(join(tmpdir(), 'ssot-bench-'))
try {
  console.log(machine())
  row(['', 'app', 'client', 'checked', '/ client', '/ checked'])
  for (const count of [100, 300]) {
    const schema = join(work, `synthetic-${count}.prisma`)
    writeFileSync(schema, syntheticSchema(count))
    for (const mode of ['registry', 'layered'])
      await withApp(['--schema', schema, '--mode', mode], (folder) =>
        measure(folder, `${count} models, ${mode}`),
      )
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
