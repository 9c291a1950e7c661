import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { previewApp } from '../../test/support/preview-app.js'
import { repo } from '../../test/support/repo.js'

// Below the repository, so that it finds its packages.
const cache = join(repo, 'node_modules', '.cache')
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(join(cache, 'env-'))
const OWN = 'b4Zk1m0Qx7Wc9Vt2Ny5Hs8Jd3Lf6Gr0P'
let sample = ''

beforeAll(async () => {
  const files = await previewApp('model Note {\n  id Int @id\n}', { plugins: ['jwt'] })
  writeFileSync(join(folder, 'env.ts'), files.get('src/env.ts')!)
  sample = /^JWT_SECRET=(.+)$/m.exec(files.get('.env.example')!)![1]!
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const others = [
  { NODE_ENV: 'production' },
  { HOST: '0.0.0.0' },
  { HOST: '::' },
  { HOST: '10.0.0.1', NODE_ENV: 'test' },
  { HOST: '127.evil.example' },
  { TRUST_PROXY: '1' },
]
const here = [{}, { HOST: '' }, { HOST: '127.0.0.1' }, { HOST: 'localhost' }, { HOST: '::1' }]

/** What each of these environments is refused for; an empty text where it is taken. All in one process. */
async function refusals(environments: readonly object[]): Promise<string[]> {
  const script = `
    const said = []
    console.error = (text) => (said[said.length - 1] += text)
    process.exit = () => { throw new Error('refused') }
    for (const [number, env] of JSON.parse(process.argv[2]).entries()) {
      process.env = { DATABASE_URL: 'file:./a.db', ...env }
      said.push('')
      await import('./env.ts?' + number).catch((error) => {
        if (error.message !== 'refused') throw error
      })
    }
    console.log(JSON.stringify(said))`
  writeFileSync(join(folder, 'all.mjs'), script)
  const args = ['--import', 'tsx', 'all.mjs', JSON.stringify(environments)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder })
  return JSON.parse(stdout)
}

describe('a sample secret', () => {
  it('is refused where others may reach the app', async () => {
    const withSample = others.map((env) => ({ ...env, JWT_SECRET: sample }))
    const withOwn = others.map((env) => ({ ...env, JWT_SECRET: OWN }))
    const said = await refusals([...withSample, ...withOwn])
    expect(said.map((text) => text.includes('JWT_SECRET: still the sample'))).toEqual(
      [...withSample, ...withOwn].map(({ JWT_SECRET }) => JWT_SECRET === sample),
    )
  })

  it('is taken on this machine', async () => {
    const said = await refusals(here.map((env) => ({ ...env, JWT_SECRET: sample })))
    expect(said).toEqual(here.map(() => ''))
  })
})

describe('the password of the database in compose.yaml', () => {
  it.each(['postgresql', 'mysql'])('is nobody else’s: %s', async (provider) => {
    const files = await previewApp('model Note {\n  id Int @id\n}', { plugins: [], provider })
    const compose = files.get('compose.yaml')!
    const password = '${DATABASE_PASSWORD:?a password of your own, see .env.example}'
    expect(compose).toContain(`://app:${password}@database:`)
    expect(compose).toMatch(/_PASSWORD: \$\{DATABASE_PASSWORD:\?/)
    expect(compose).not.toMatch(/app:app@|_PASSWORD: app$/m)
  })
})
