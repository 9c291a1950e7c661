import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { oneKind, type Combination } from '../examples/combinations.js'
import { bins, emptyFolder, linkDependencies, removeFolder } from '../examples/make.js'
import { run, type Ended } from '../support/process.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const schemas = (await readdir(here)).filter((name) => name.endsWith('.prisma'))

/** A model of sixty columns, and one that is nothing but its key. */
const WIDE = `datasource db {
  provider = "sqlite"
}
model Wide {
  id Int @id @default(autoincrement())
${Array.from({ length: 60 }, (_, n) => `  column${n} ${n % 2 ? 'Int?' : 'String'}`).join('\n')}
}
model Narrow {
  id String @id
}
`

/** Every construct becomes an app that compiles, passes its linter and its own tests. */
describe.each([...schemas, 'wide'])('%s', (name) => {
  let folder: string
  const index = Math.max(0, schemas.indexOf(name))
  const kinds = oneKind(index)
  const rootOf = ({ framework, mode }: Combination): string => join(folder, `${framework}-${mode}`)
  const inApp = (root: string, ...command: string[]): Promise<Ended> =>
    run([process.execPath, ...command], { cwd: root })

  beforeAll(async () => {
    folder = await emptyFolder()
    const schema = join(folder, 'source.prisma')
    await (name === 'wide' ? writeFile(schema, WIDE) : cp(join(here, name), schema))
    for (const combination of kinds) {
      const { framework, mode } = combination
      const flags = ['--framework', framework, '--mode', mode, '--yes', '--no-setup', '--no-git']
      const made = await inApp(
        folder,
        bins.create,
        rootOf(combination),
        '--schema',
        schema,
        ...flags,
      )
      if (made.code !== 0) throw new Error(made.output)
      await linkDependencies(rootOf(combination))
    }
    await shareClient(kinds.map(rootOf))
  })
  afterAll(() => removeFolder(folder))

  /** The client is the same in all of them. */
  async function shareClient([first = '', ...others]: readonly string[]): Promise<void> {
    const made = await inApp(first, bins.ssot, 'client')
    if (made.code !== 0) throw new Error(made.output)
    for (const root of others) {
      await mkdir(join(root, 'src', 'generated'), { recursive: true })
      await cp(join(first, 'src', 'generated'), join(root, 'src', 'generated'), { recursive: true })
    }
  }

  it.each(kinds)('$framework, $mode', async (combination) => {
    const root = rootOf(combination)
    expect(await inApp(root, 'node_modules/typescript/bin/tsc')).toEqual({ code: 0, output: '' })
    const lint = await inApp(root, 'node_modules/oxlint/bin/oxlint')
    expect(lint.output).toContain('Found 0 warnings and 0 errors')
    expect(await inApp(root, 'node_modules/oxfmt/bin/oxfmt', '--check')).toMatchObject({ code: 0 })
  })

  // The databases that need no server.
  it.runIf(!/mysql|cockroachdb|sqlserver/.test(name))('passes its own tests', async () => {
    const root = rootOf(kinds[index % kinds.length]!)
    await cp(join(root, '.env.example'), join(root, '.env'))
    const made = await inApp(root, bins.ssot, 'db', 'migrate', '--name', 'init')
    expect(made, made.output).toMatchObject({ code: 0 })
    const tested = await inApp(root, 'node_modules/vitest/vitest.mjs', 'run', '--reporter=dot')
    expect(tested, tested.output).toMatchObject({ code: 0 })
  })
})
