import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { emptyFolder, fakeNpm, run, tree } from './run.js'

const windows = process.platform === 'win32'

const HANGING_INSTALL = `
const { mkdirSync, writeFileSync } = require('node:fs')
const { spawn } = require('node:child_process')
const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
mkdirSync('node_modules')
writeFileSync('node_modules/pid', String(child.pid))
process.on('SIGINT', () => {})
`

let lastPid = ''
let stopping = false

/** Sends Ctrl-C once the install is under way: then its file with the child's id is there. */
async function stopOnce(
  child: { kill(signal: NodeJS.Signals): boolean },
  pidFile: string,
): Promise<void> {
  if (stopping) return
  stopping = true
  while (!existsSync(pidFile)) await sleep(20)
  await sleep(100)
  lastPid = readFileSync(pidFile, 'utf8')
  child.kill('SIGINT')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Set-up that fails or is stopped. */
export function setUp(): void {
  describe.skipIf(windows)('a set-up that cannot be finished keeps the app', () => {
    it('ends with 130 at Ctrl-C, stops the whole tree of processes and takes half-made dependencies away', async () => {
      const cwd = await emptyFolder()
      const env = await fakeNpm(HANGING_INSTALL)
      const ended = await run(['app', '--yes'], {
        cwd,
        env,
        onStderr: (text, child) =>
          void (
            text.includes('install') && stopOnce(child, join(cwd, 'app', 'node_modules', 'pid'))
          ),
      })
      expect(ended.code).toBe(130)
      expect(ended.stderr).toMatch(
        /files are complete[\s\S]*npm install[\s\S]*ssot client[\s\S]*db migrate/,
      )
      expect(existsSync(join(cwd, 'app', 'package.json'))).toBe(true)
      expect(existsSync(join(cwd, 'app', 'node_modules'))).toBe(false)
      expect(isAlive(Number(lastPid))).toBe(false)
    })

    it('ends with 1 when a step fails, with its output, the command to repeat and what is left to do', async () => {
      const cwd = await emptyFolder()
      const env = await fakeNpm(`console.error('no such registry'); process.exit(7)`)
      const ended = await run(['app', '--yes', '--json'], { cwd, env })
      expect(ended.code).toBe(1)
      expect(ended.stderr).toMatch(
        /'install' failed: exit code 7[\s\S]*no such registry[\s\S]*cd app[\s\S]*npm install[\s\S]*db seed/,
      )
      expect(JSON.parse(ended.stdout)).toMatchObject({
        ok: false,
        exitCode: 1,
        setup: {
          failed: 'install',
          steps: [{ name: 'install', status: 'failed' }],
          remaining: expect.any(Array),
        },
      })
      expect(existsSync(join(cwd, 'app', 'package.json'))).toBe(true)
    })

    it('is refused before anything is written when the package manager is missing', async () => {
      const cwd = await emptyFolder()
      const ended = await run(['app', '--yes', '--pm', 'bun'], { cwd, env: { PATH: '' } })
      expect({ code: ended.code, left: await tree(cwd) }).toEqual({ code: 2, left: [] })
      expect(ended.stderr).toContain('bun is not installed')
    })
  })
}
