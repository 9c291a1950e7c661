import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLES } from '../examples/combinations.js'
import { makeLinked, type MadeApp } from '../examples/make.js'
import { deep } from '../support/deep.js'
import { OpenApi } from '../support/openapi.js'
import { startApp, type Started } from '../support/start.js'
import { run } from '../support/process.js'
import { runScript, workFolder } from './work.js'

/** One without and one with rules of who may do what; the whole document is in one of these. */
const TRIED = deep ? EXAMPLES : (['ecommerce', 'saas'] as const)

/** Its document is that of the other combinations, as the tests of the examples show. */
const COMBINATION = { framework: 'express', mode: 'registry' } as const

describe.each(TRIED)('the OpenAPI document of %s', (example) => {
  let app: MadeApp
  let started: Started
  let work: string
  let document: string

  beforeAll(async () => {
    app = await makeLinked(example, COMBINATION)
    started = await startApp(app.root, ['--import', 'tsx', 'src/server.ts'])
    document = await (await fetch(`${started.url}/openapi.json`)).text()
    work = join(app.root, '..', 'work')
    await workFolder(work, document)
  })
  afterAll(async () => {
    await started?.stop()
    await app?.remove()
  })

  it("passes Redocly's recommended-strict rules and Spectral's of OpenAPI", async () => {
    expect(await runScript(work, 'lint.mjs')).toEqual({ code: 0, output: '' })
  })

  it('has examples that its schemas allow', () => {
    const api = new OpenApi(JSON.parse(document))
    expect(document.match(/"examples?":/g)!.length).toBeGreaterThan(10)
    expect(api.wrongExamples()).toEqual([])
  })

  // One of them is enough, and this one has a key of two columns.
  if (example !== 'ecommerce') return

  describe('clients made of it', () => {
    beforeAll(async () => {
      const readme = await readFile(join(app.root, 'README.md'), 'utf8')
      const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code)
      const serializer = blocks.find((code) => code.includes('function querySerializer')) ?? ''
      await writeFile(join(work, 'query-serializer.ts'), serializer)
      const { code, output } = await runScript(work, 'generate.mjs', started.url)
      if (code !== 0) throw new Error(output)
    })

    it('compile, and so does what uses them', async () => {
      const tsc = join(work, 'node_modules', 'typescript', 'bin', 'tsc')
      expect(await run([process.execPath, tsc], { cwd: work })).toEqual({ code: 0, output: '' })
    })

    it.each(['openapi-fetch', 'hey-api', 'orval-axios', 'orval-fetch'])(
      '%s creates, gets, filters, updates and deletes a row of a composite key',
      async (name) => {
        expect(await runScript(work, `${name}.ts`, started.url)).toEqual({ code: 0, output: '' })
      },
    )
  })
})
