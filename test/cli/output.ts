import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bins, emptyFolder, run, tree } from './run.js'

const whole = ['app', '--example', 'minimal', '--no-setup']

async function contents(folder: string): Promise<Record<string, string>> {
  const paths = await tree(join(folder, 'app'))
  const files: Record<string, string> = {}
  for (const path of paths)
    files[path] = await readFile(join(folder, 'app', path), 'base64').catch(() => 'folder')
  delete files['.ssot/report.json']
  return files
}

/** Runs the bin on a terminal made by `script`, types some keys, and returns all that was shown and the exit code. */
async function onTerminal(cwd: string, env: Record<string, string>, keys: string): Promise<string> {
  const child = spawn(
    'script',
    ['-qec', `${process.execPath} ${bins.create}; echo "[$?]"`, '/dev/null'],
    {
      cwd,
      env: { PATH: process.env['PATH'], TERM: 'xterm', ...env },
    },
  )
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    if (!output.includes('Folder') && String(chunk).includes('Folder'))
      setTimeout(() => child.stdin.write(keys), 300)
    output += chunk
  })
  await new Promise((fulfil) => child.on('close', fulfil))
  return output
}

/** What is printed, and where questions are asked. */
export function output(): void {
  describe('what a run prints', () => {
    it('does not wait for a standard input that stays open', async () => {
      expect(await run(whole, { cwd: await emptyFolder(), stdin: 'open' })).toMatchObject({
        code: 0,
      })
    })

    it('prints no colour and no spinner without a terminal, and plain lines for each step', async () => {
      const ended = await run(whole, { cwd: await emptyFolder(), env: { FORCE_COLOR: '1' } })
      // oxlint-disable-next-line no-control-regex
      expect(ended.stdout + ended.stderr).not.toMatch(/\u001b|\r/)
      expect(ended.stderr).toMatch(/^generate \.\.\.\ngenerate: done, /)
    })

    it('tells what was made, what to type next and how to make the same again', async () => {
      const ended = await run(['my app', '--example', 'blog', '--no-git', '--no-setup'], {
        cwd: await emptyFolder(),
        env: { npm_config_user_agent: 'pnpm/10.0.0 npm/? node/v20.19.0 linux x64' },
      })
      expect(ended.stdout).toMatch(
        /Made my app: 7 models, \d+ files \(sqlite, express, layered\) in \d/,
      )
      expect(ended.stdout).toContain("cd 'my app'")
      expect(ended.stdout).toContain('pnpm install')
      expect(ended.stdout).toMatch(
        /cli\.js 'my app' --example blog --framework express --mode layered --plugins jwt --pm pnpm --no-setup --no-git --yes\n$/,
      )
    })

    it('makes the same bytes again by the command it prints', async () => {
      const [one, two] = [await emptyFolder(), await emptyFolder()]
      const first = await run([...whole, '--mode', 'layered', '--json'], { cwd: one })
      const { again } = JSON.parse(first.stdout) as { again: string }
      const [, , ...words] = again.split(' ')
      expect(await run(words, { cwd: two })).toMatchObject({ code: 0 })
      expect(await contents(two)).toEqual(await contents(one))
    })

    it('prints nothing but errors when quiet', async () => {
      const ended = await run([...whole, '--quiet'], { cwd: await emptyFolder() })
      expect(ended).toEqual({ code: 0, stdout: '', stderr: '' })
    })

    it('lets flags win over JSON input, and that over the config beside the schema', async () => {
      const cwd = await emptyFolder()
      const text = JSON.stringify({
        dir: 'app',
        example: 'blog',
        framework: 'fastify',
        mode: 'registry',
        setup: false,
      })
      const ended = await run(['--json=-', '--mode', 'layered', '--dry-run'], {
        cwd,
        stdin: { text },
      })
      expect(JSON.parse(ended.stdout)).toMatchObject({
        ok: true,
        options: { framework: 'fastify', mode: 'layered' },
      })
    })

    it.runIf(process.platform === 'linux' && existsSync('/usr/bin/script'))(
      'asks on a terminal, without colour under NO_COLOR, and ends with 130 at Ctrl-C',
      async () => {
        const cwd = await emptyFolder()
        const output = await onTerminal(cwd, { NO_COLOR: '1' }, '\u0003')
        expect(output).toContain('Folder to make the app in')
        // oxlint-disable-next-line no-control-regex
        expect(output).not.toMatch(/\u001b\[[\d;]*m/)
        expect(output).toContain('[130]')
        expect(await tree(cwd)).toEqual([])
      },
    )
  })
}
