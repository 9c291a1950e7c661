import { execFileSync, spawn } from 'node:child_process'
import { chmod, mkdir, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfigFile } from '../../src/config-file.js'
import { configOf, withDefaults } from '../../src/config.js'
import { generate as generateApp } from '../../src/generate.js'
import { whileLocked } from '../../src/write/exclusive.js'
import { deep } from '../support/deep.js'
import { contents, copyOf, edit, makeApp } from './app.js'
import { killedAt } from './kill.js'
import { bins, canMount, emptyFolder, patchedWrites, removeFolders, run } from './run.js'

/** Random moments at which a run is killed. */
const KILLS = deep ? 200 : 3

afterAll(removeFolders)

const generate = (cwd: string, env?: Record<string, string>, flags: readonly string[] = []) =>
  run(['generate', ...flags], { cwd, bin: 'ssot', ...(env ? { env } : {}) })

type Stages = {
  /** The app with an edit and a changed schema, not generated again yet. */
  readonly before: string
  readonly old: Record<string, string>
  /** The same after a run that nothing disturbed. */
  readonly wanted: Record<string, string>
  /** What has a new name. */
  readonly rename?: string | undefined
}

async function stages(
  app: string,
  change: (app: string) => Promise<void>,
  rename?: string,
): Promise<Stages> {
  await change(app)
  const old = contents(app)
  const done = await copyOf(app)
  const ended = await generate(done, undefined, flagsOf({ rename }))
  if (ended.code !== 0) throw new Error(ended.stderr)
  return { before: app, old, wanted: contents(done), rename }
}

const flagsOf = ({ rename }: Pick<Stages, 'rename'>): string[] =>
  rename === undefined ? [] : ['--rename', rename]

/** One file is merged, some are updated, some made and some deleted. */
async function changeMinimal(app: string): Promise<void> {
  await edit(app, 'src/schema/models.ts', (text) => `${text}\nexport const mine = 'Grüße'\n`)
  await edit(app, 'test/app.test.ts', (text) => `// Mine.\n${text}`)
  await edit(app, 'prisma/schema.prisma', (text) => text.replaceAll(/\bTask\b/g, 'Job'))
}

/** Files move, and one of them was edited. */
async function renameMinimal(app: string): Promise<void> {
  await edit(app, 'test/task.test.ts', (text) => `// Mine.\n${text}`)
  await changeMinimal(app)
}

async function changeShop(app: string): Promise<void> {
  await edit(app, 'src/schema/models.ts', (text) => `${text}\nexport const mine = 'Grüße'\n`)
  await edit(app, 'prisma/schema.prisma', (text) =>
    text.replaceAll('Wishlist', 'Favourites').replaceAll(/^model (\w+) \{$/gm, '$&\n  extra Int?'),
  )
}

/** What a crash may leave is cleared up, and is then all old or all new; the next run brings the new. */
async function expectRecovered(
  app: string,
  { old, wanted, rename }: Stages,
): Promise<'old' | 'new'> {
  await whileLocked(app, async () => {})
  const left = contents(app)
  const which = isDeepStrictEqual(left, old) ? 'old' : 'new'
  expect(left).toEqual(which === 'old' ? old : wanted)
  await generateHere(app, rename)
  expect(contents(app)).toEqual(wanted)
  return which
}

/** What `ssot generate` does, without a process of its own: that takes most of the time. */
async function generateHere(root: string, rename: string | undefined): Promise<void> {
  const given = { ...(await loadConfigFile(root)), schema: 'prisma' }
  const config = configOf(withDefaults(given, {}), root)
  await generateApp({ root, config, dryRun: false, force: false, rename })
}

describe.skipIf(process.platform === 'win32')('a run that is killed', () => {
  let small: Stages
  beforeAll(
    async () => void (small = await stages(await makeApp('--example', 'minimal'), changeMinimal)),
  )

  it(
    'leaves the old app or the new one after the next run, wherever it is killed',
    { timeout: 600_000 },
    async () => {
      const steps = await countSteps(small)
      expect(steps).toBeGreaterThan(50)
      const seen: string[] = []
      for (let step = 1; step <= steps; step += deep ? 1 : 20) {
        const app = await copyOf(small.before)
        // Null: it did not end by itself.
        expect(await generate(app, await killedAt(step))).toMatchObject({ code: null })
        seen.push(await expectRecovered(app, small))
        await rm(app, { recursive: true })
      }
      // Up to the journal the old one, from there on the new one.
      expect(seen.join(' ')).toMatch(/^(old )+(new ?)+$/)
    },
  )

  it('moves all files or none, wherever it is killed', { timeout: 600_000 }, async () => {
    const made = await makeApp('--example', 'minimal', '--mode', 'layered')
    const renaming = await stages(made, renameMinimal, 'Task=Job')
    expect(Object.keys(renaming.wanted)).toContain('src/models/job/job.service.ts')
    const steps = await countSteps(renaming)
    const seen: string[] = []
    for (let step = 1; step <= steps; step += deep ? 1 : 60) {
      const app = await copyOf(renaming.before)
      const killed = await generate(app, await killedAt(step), flagsOf(renaming))
      expect(killed).toMatchObject({ code: null })
      seen.push(await expectRecovered(app, renaming))
      await rm(app, { recursive: true })
    }
    expect(seen.join(' ')).toMatch(/^(old )+(new ?)+$/)
  })

  it(
    `leaves the old shop or the new one when it is killed at ${KILLS} random moments`,
    { timeout: 120_000 + KILLS * 10_000 },
    async () => {
      const shop = await stages(await makeApp('--example', 'ecommerce'), changeShop)
      const started = performance.now()
      await generate(await copyOf(shop.before))
      const whole = performance.now() - started
      for (let count = 0; count < KILLS; count++) {
        const app = await copyOf(shop.before)
        // Most of the time goes into loading: the second half is where files are written.
        const ms = whole * (0.4 + 0.6 * Math.random())
        await killAfter(app, ms)
        await expectRecovered(app, shop)
        await rm(app, { recursive: true })
      }
    },
  )

  it('is finished by the next attempt to make the app, where it was to be made in an empty folder', async () => {
    const cwd = await emptyFolder()
    await mkdir(join(cwd, 'app'))
    const args = ['app', '--example', 'minimal', '--no-setup']
    const counted = join(await emptyFolder(), 'count')
    const other = await emptyFolder()
    await mkdir(join(other, 'app'))
    await run(args, { cwd: other, env: await killedAt(0, counted) })
    const steps = Number(await readFile(counted, 'utf8'))
    expect(await run(args, { cwd, env: await killedAt(Math.floor(steps / 4)) })).toMatchObject({
      code: null,
    })
    expect(await run(args, { cwd, env: await killedAt(steps - 20) })).toMatchObject({ code: null })
    const ended = await run(args, { cwd })
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('already holds an app'),
    })
    expect(contents(join(cwd, 'app'))).toEqual(contents(join(other, 'app')))
  })

  it('gives its edit to the next run where the user made it after the crash', async () => {
    const app = await copyOf(small.before)
    const steps = await countSteps(small)
    expect(await generate(app, await killedAt(steps - 20))).toMatchObject({ code: null })
    const crashed = contents(app)
    for (const args of [['diff'], ['generate', '--dry-run']])
      expect(await run(args, { cwd: app, bin: 'ssot' })).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('An earlier run was interrupted'),
      })
    expect(contents(app)).toEqual(crashed)
    await edit(app, 'src/schema/models.ts', (text) => `${text}export const later = 1\n`)
    expect(await generate(app)).toMatchObject({ code: 0 })
    const text = Buffer.from(small.wanted['src/schema/models.ts']!, 'latin1').toString('utf8')
    expect(await readFile(join(app, 'src/schema/models.ts'), 'utf8')).toBe(
      `${text}export const later = 1\n`,
    )
  })
})

/** How often a run that nothing disturbs changes the disk. */
async function countSteps(small: Stages): Promise<number> {
  const counted = join(await emptyFolder(), 'count')
  await generate(await copyOf(small.before), await killedAt(0, counted), flagsOf(small))
  return Number(await readFile(counted, 'utf8'))
}

async function killAfter(cwd: string, ms: number): Promise<void> {
  const child = spawn(process.execPath, [bins.ssot, 'generate'], { cwd, stdio: 'ignore' })
  const ended = new Promise((fulfil) => child.on('close', fulfil))
  await sleep(ms)
  child.kill('SIGKILL')
  await ended
}

describe('a disk that fails', () => {
  it.runIf(canMount())(
    'leaves the app as it was when it is full, and makes up for it later',
    async () => {
      const disk = await emptyFolder()
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk])
      try {
        const made = await run(['app', '--example', 'minimal', '--no-setup'], { cwd: disk })
        expect(made).toMatchObject({ code: 0 })
        const app = join(disk, 'app')
        const { old, wanted } = await stages(app, changeMinimal)
        for (const free of [0, 8, 32, 64]) {
          await fill(disk, free * 1024)
          const ended = await generate(app)
          expect({ free, ...ended }).toMatchObject({ free, code: 1 })
          expect(ended.stderr).toContain('The disk is full.')
          expect(contents(app)).toEqual(old)
          await rm(join(disk, 'filler'))
        }
        expect(await generate(app)).toMatchObject({ code: 0 })
        expect(contents(app)).toEqual(wanted)
      } finally {
        execFileSync('umount', [disk])
      }
    },
  )

  it.runIf(process.platform !== 'win32')(
    'leaves the app as it was when a folder cannot be written to',
    async () => {
      const app = await makeApp('--example', 'minimal')
      const { old, wanted } = await stages(app, changeMinimal)
      const nobody = process.getuid?.() === 0 ? 65_534 : undefined
      if (nobody !== undefined) execFileSync('chown', ['-R', String(nobody), join(app, '..')])
      await chmod(join(app, 'src/schema'), 0o555)
      const args = [bins.ssot, 'generate']
      const ended = await ownedBy(nobody, args, app)
      expect(ended).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Permission denied.'),
      })
      expect(contents(app)).toEqual(old)
      await chmod(join(app, 'src/schema'), 0o755)
      expect(await ownedBy(nobody, args, app)).toMatchObject({ code: 0 })
      expect(contents(app)).toEqual(wanted)
    },
  )
})

/** Fills a disk but for some bytes. */
async function fill(disk: string, free: number): Promise<void> {
  const { bavail, bsize } = await statfs(disk)
  await writeFile(join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - free)))
}

/** Runs a program as a user who is not almighty. */
function ownedBy(
  uid: number | undefined,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; stderr: string }> {
  const child = spawn(process.execPath, args, { cwd, ...(uid === undefined ? {} : { uid }) })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk))
  return new Promise((fulfil) => child.on('close', (code) => fulfil({ code, stderr })))
}

describe('two runs at once', () => {
  it('refuses the second one, which changes nothing, and lets the first one end', async () => {
    const app = await makeApp('--example', 'minimal')
    const { wanted } = await stages(app, changeMinimal)
    const env = await patchedWrites('await new Promise((go) => setTimeout(go, 300))')
    const first = generate(app, env)
    while (!(await stat(join(app, '.ssot/lock')).catch(() => null))) await sleep(5)
    expect(await generate(app)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/Another run is at work[\s\S]*Nothing was written/),
    })
    expect(await first).toMatchObject({ code: 0 })
    expect(contents(app)).toEqual(wanted)
  })

  it('brings the new app, whoever is first', async () => {
    const app = await makeApp('--example', 'minimal')
    const { wanted } = await stages(app, changeMinimal)
    const ended = await Promise.all([1, 2, 3].map(() => generate(app)))
    expect(ended.map(({ code }) => code)).toContain(0)
    for (const { code, stderr } of ended)
      expect(code === 0 || stderr.includes('Another run is at work')).toBe(true)
    expect(contents(app)).toEqual(wanted)
  })
})
