import { execFileSync, spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { chmod, readFile, rename, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contents, copyOf, edit, makeApp } from './app.js'
import { bins, emptyFolder, removeFolders, run, type Ended } from './run.js'

afterAll(removeFolders)

const DTO = 'src/models/task/task.dto.ts'
let made: string
beforeAll(async () => void (made = await makeApp('--example', 'minimal', '--mode', 'layered')))

const ssot = (cwd: string, ...args: string[]): Promise<Ended> => run(args, { cwd, bin: 'ssot' })

const addField = (app: string): Promise<void> =>
  edit(app, 'prisma/schema.prisma', (text) =>
    text.replace(/^ {2}notes .*$/m, '$&\n  effort    Int?'),
  )

/** An edit where the new field goes, and one where nothing changes. */
async function clash(app: string): Promise<void> {
  await addField(app)
  await edit(app, DTO, (text) => text.replace('  done: boolean', '  mine: string\n  done: boolean'))
  await edit(app, 'src/server.ts', (text) => `// Mine.\n${text}`)
}

const MARKED = `  notes: string | null
<<<<<<< yours
  mine: string
||||||| last generated
=======
  effort: number | null
>>>>>>> newly generated
  done: boolean
`

describe('ssot generate with edits', () => {
  it('marks a conflict once, names file and line, and starts again when it is resolved', async () => {
    const app = await copyOf(made)
    await clash(app)
    const line = (await readFile(join(app, DTO), 'utf8')).split('\n').indexOf('  mine: string') + 1
    const ended = await ssot(app, 'generate')
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`\n  ${DTO}:${line}\n`),
    })
    expect(await readFile(join(app, DTO), 'utf8')).toContain(MARKED)

    const marked = contents(app)
    expect(await ssot(app, 'generate')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(`Conflicts are not resolved yet:\n  ${DTO}:${line}`),
    })
    expect(contents(app)).toEqual(marked)

    await edit(app, DTO, (text) => text.replaceAll(/^(<{7}|\|{7}|={7}|>{7}).*\n/gm, ''))
    const resolved = contents(app)
    expect(await ssot(app, 'generate')).toMatchObject({ code: 0 })
    expect({ ...contents(app), '.ssot/generation.json': '' }).toEqual({
      ...resolved,
      '.ssot/generation.json': '',
    })
    expect((await ssot(app, 'generate')).stdout).toContain('everything is up to date')
  })

  it('tells the same as JSON', async () => {
    const app = await copyOf(made)
    await clash(app)
    const ended = await ssot(app, 'generate', '--json')
    expect(ended.code).toBe(1)
    const { ok, changes } = JSON.parse(ended.stdout) as { ok: boolean; changes: object[] }
    expect(ok).toBe(false)
    expect(changes).toContainEqual({
      path: DTO,
      kind: 'conflict',
      reason: 'both-changed',
      lines: [expect.any(Number)],
    })
  })

  it('prints every decision in a dry run, and writes nothing', async () => {
    const app = await copyOf(made)
    await clash(app)
    const before = contents(app)
    const ended = await ssot(app, 'generate', '--dry-run')
    expect(ended.code).toBe(1)
    expect(ended.stdout).toMatch(
      /^conflict src\/models\/task\/task\.dto\.ts \(both-changed, line \d+\)$/m,
    )
    expect(ended.stdout).toMatch(/^update {3}src\/schema\/models\.ts$/m)
    expect(ended.stdout).toMatch(/^keep {5}src\/server\.ts \(edited\)$/m)
    expect(contents(app)).toEqual(before)
  })

  it('names edited files that are no longer generated, once', async () => {
    const app = await copyOf(made)
    await edit(app, 'test/task.test.ts', (text) => `// Mine.\n${text}`)
    await edit(app, 'prisma/schema.prisma', (text) => text.replaceAll(/\bTask\b/g, 'Job'))
    expect((await ssot(app, 'generate')).stderr).toContain(
      'test/task.test.ts is no longer generated',
    )
    expect(await readFile(join(app, 'test/task.test.ts'), 'utf8')).toMatch(/^\/\/ Mine\.\n/)
    expect(existsSync(join(app, 'src/models/task'))).toBe(false)
    await addField(app)
    expect((await ssot(app, 'generate')).stderr).not.toContain('test/task.test.ts')
  })

  it('warns of edits that git does not have, and of no others', async () => {
    const app = await copyOf(made)
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: app })
    git('init', '--quiet')
    const add = (path: string) => edit(app, path, (text) => `${text}\nexport const mine = 1\n`)
    await add('src/schema/models.ts')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'Mine')
    await add(DTO)
    await add('src/server.ts')
    await addField(app)
    const { code, stderr } = await ssot(app, 'generate')
    expect(code).toBe(0)
    expect(stderr.match(/\S+ has edits that git does not have/g)).toEqual([
      `${DTO} has edits that git does not have`,
    ])
  })

  it.skipIf(process.platform === 'win32')('keeps the modes of the files it writes', async () => {
    const app = await copyOf(made)
    await chmod(join(app, DTO), 0o640)
    await addField(app)
    expect(await ssot(app, 'generate')).toMatchObject({ code: 0 })
    expect((await stat(join(app, DTO))).mode & 0o777).toBe(0o640)
  })
})

describe('ssot generate with an annotation that is not right', () => {
  it('says where and what to write, and changes nothing', async () => {
    const app = await copyOf(made)
    await edit(app, 'prisma/schema.prisma', (text) =>
      text.replace(/^model /m, '/// @@policy(raed, rule: "true")\n$&'),
    )
    const before = contents(app)
    const ended = await ssot(app, 'generate')
    expect(ended.code).toBe(2)
    expect(ended.stderr).toMatch(/prisma\/schema\.prisma:\d+:\d+ {2}@@policy: raed/)
    expect(ended.stderr).toContain('write: /// @@policy(read, rule: "true")')
    expect(contents(app)).toEqual(before)
  })
})

describe('ssot generate stays in the app', () => {
  it
    .skipIf(process.platform === 'win32')
    .each(['src/models', '.ssot/base', 'src/models/task/task.dto.ts'])(
    'does not write through a link at %s',
    async (path) => {
      const app = await copyOf(made)
      const outside = join(await emptyFolder(), 'outside')
      await rename(join(app, path), outside)
      await symlink(outside, join(app, path))
      await addField(app)
      const before = [contents(app), snapshotOf(outside)]
      expect(await ssot(app, 'generate')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('symbolic link'),
      })
      expect([contents(app), snapshotOf(outside)]).toEqual(before)
    },
  )

  it.each(['../victim', 'src/../../victim', '/victim', 'C:/victim', '.git/config'])(
    'refuses a manifest that names %s',
    async (path) => {
      const app = await copyOf(made)
      await edit(app, '.ssot/generation.json', (text) =>
        text.replace('"path": "src/app.ts"', `"path": "${path}"`),
      )
      await addField(app)
      const before = contents(app)
      expect(await ssot(app, 'generate')).toMatchObject({
        code: 2,
        stderr: expect.stringContaining(`it names the path "${path}"`),
      })
      expect(contents(app)).toEqual(before)
    },
  )
})

const snapshotOf = (path: string): object =>
  statSync(path).isDirectory() ? contents(path) : { size: statSync(path).size }

describe('ssot generate writes what has changed', () => {
  const YEAR_2000 = new Date('2000-01-01')

  async function aged(): Promise<string> {
    const app = await copyOf(made)
    for (const path of ['.', ...readdirSync(app, { recursive: true })].reverse())
      await utimes(join(app, String(path)), YEAR_2000, YEAR_2000)
    return app
  }
  const written = (app: string): string[] =>
    ['.', ...readdirSync(app, { recursive: true })]
      .map((path) => String(path).replaceAll('\\', '/'))
      .filter((path) => statSync(join(app, path)).mtimeMs !== YEAR_2000.getTime())
      .sort()

  it('touches nothing when nothing has changed', async () => {
    const app = await aged()
    expect(await ssot(app, 'generate')).toMatchObject({ code: 0 })
    expect(written(app)).toEqual([])
  })

  it('writes the files that show a new field, and no others', async () => {
    const app = await aged()
    await addField(app)
    expect(await ssot(app, 'generate')).toMatchObject({ code: 0 })
    const shown = [
      DTO,
      'src/models/task/task.validator.ts',
      'src/schema/models.ts',
      'test/factories/task.ts',
    ]
    const files = written(app).filter((path) => statSync(join(app, path)).isFile())
    expect(files).toEqual(
      [
        ...shown.flatMap((path) => [path, `.ssot/base/${path}.base`]),
        ...['.ssot/generation.json', '.ssot/report.json', '.ssot/schema.json'],
        'prisma/schema.prisma',
      ].sort(),
    )
  })
})

describe('ssot diff', () => {
  it('prints what generate changes, in a form that git can apply, and writes nothing', async () => {
    const app = await copyOf(made)
    await clash(app)
    await edit(app, 'prisma/schema.prisma', (text) => `${text}\nmodel Label {\n  id Int @id\n}\n`)
    const before = contents(app)
    const { code, stdout } = await ssot(app, 'diff')
    expect(code).toBe(0)
    expect(stdout).toContain(
      MARKED.replaceAll(/^(?=[<|=>]| {2}effort)/gm, '+').replaceAll(/^ {2}/gm, '   '),
    )
    // oxlint-disable-next-line no-control-regex
    expect(stdout).not.toMatch(/\u001b/)
    expect(contents(app)).toEqual(before)
    const patched = await copyOf(app)
    await writeFile(join(patched, '..', 'patch'), stdout)
    execFileSync('git', ['apply', '../patch'], { cwd: patched })
    await ssot(app, 'generate')
    expect(sources(patched)).toEqual(sources(app))
  })

  it('is quiet when there is nothing to do', async () => {
    expect(await ssot(made, 'diff')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'everything is up to date\n',
    })
  })

  it('prints JSON, each file with its diff', async () => {
    const app = await copyOf(made)
    await addField(app)
    const ended = await ssot(app, 'diff', '--json')
    const { files } = JSON.parse(ended.stdout) as { files: { path: string }[] }
    expect(files).toContainEqual({
      path: DTO,
      kind: 'update',
      diff: expect.stringMatching(
        /^--- a\/\S+\n\+\+\+ b\/\S+\n@@ [^]*\n\+ {2}effort: number \| null\n/,
      ),
    })
  })

  it.runIf(process.platform === 'linux' && existsSync('/usr/bin/script'))(
    'is coloured on a terminal, and not under NO_COLOR',
    async () => {
      const app = await copyOf(made)
      await addField(app)
      const shown = (env: Record<string, string>) =>
        execFileSync('script', ['-qec', `${process.execPath} ${bins.ssot} diff`, '/dev/null'], {
          cwd: app,
          env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
          encoding: 'utf8',
        })
      expect(shown({})).toContain('\u001b[32m+  effort: number | null\u001b[39m')
      // oxlint-disable-next-line no-control-regex
      expect(shown({ NO_COLOR: '1' })).not.toMatch(/\u001b/)
    },
  )
})

const sources = (app: string): object =>
  Object.fromEntries(Object.entries(contents(app)).filter(([path]) => !path.startsWith('.ssot')))

describe.skipIf(process.platform === 'win32')('ssot generate --watch', () => {
  it('generates on each save, tells mistakes and goes on, and ends at Ctrl-C', async () => {
    const app = await copyOf(made)
    const child = spawn(process.execPath, [bins.ssot, 'generate', '--watch'], { cwd: app })
    let output = ''
    const ended = new Promise((fulfil) => child.on('close', fulfil))
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk))
    const until = async (test: () => boolean): Promise<void> => {
      while (!test()) await sleep(20)
    }
    try {
      await until(() => output.includes('watching the schema'))
      await addField(app)
      await until(() => output.includes('updated'))
      expect(await readFile(join(app, DTO), 'utf8')).toContain('effort: number | null')
      await edit(app, 'prisma/schema.prisma', (text) => text.replace('Int?', 'Imt?'))
      await until(() => output.includes('Imt'))
      await edit(app, 'prisma/schema.prisma', (text) => text.replace('Imt?', 'String?'))
      await until(() => output.split('updated').length === 3)
      expect(await readFile(join(app, DTO), 'utf8')).toContain('effort: string | null')
      await edit(app, 'ssot.config.ts', (text) => text.replace('layered', 'registry'))
      await until(() => existsSync(join(app, 'src/registry/models.registry.ts')))
    } finally {
      child.kill('SIGINT')
    }
    expect(await ended).toBe(130)
    expect(existsSync(join(app, '.ssot/lock'))).toBe(false)
  })

  it('refuses to print one JSON report for many runs', async () => {
    expect(await ssot(made, 'generate', '--watch', '--json')).toMatchObject({ code: 2 })
  })
})
