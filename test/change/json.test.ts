import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../cli/run.js'
import { makeLinked, type MadeApp } from '../examples/make.js'

describe('--json of the commands that need the packages of an app', () => {
  let app: MadeApp
  beforeAll(async () => {
    app = await makeLinked('minimal', { framework: 'express', mode: 'registry' })
  }, 600_000)
  afterAll(() => app?.remove())

  it.each([
    ['client'],
    ['db migrate'],
    ['db deploy'],
    ['db push'],
    ['db pull'],
    ['db pull --force'],
    ['db reset --force'],
    ['db seed'],
  ])('ssot %s is one object', async (command) => {
    const ended = await run([...command.split(' '), '--json'], { cwd: app.root, bin: 'ssot' })
    expect(ended.code, ended.stderr).toBe(0)
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ...{ ok: true, exitCode: 0, directory: app.root },
      command: command.replace(' --force', ''),
      lines: expect.any(Array),
    })
  })

  it('ssot doctor is one object', async () => {
    const ended = await run(['doctor', '--json'], { cwd: app.root, bin: 'ssot' })
    expect(JSON.parse(ended.stdout)).toMatchObject({
      ...{ ok: true, exitCode: 0, directory: app.root },
      findings: expect.any(Array),
    })
  })
})
