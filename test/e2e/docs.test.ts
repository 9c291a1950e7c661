import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Combination } from '../examples/combinations.js'
import { makeLinked, type MadeApp } from '../examples/make.js'
import { repo } from '../support/repo.js'
import { startApp, type Started } from '../support/start.js'
import { launch } from './browser.js'

type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const FRAMEWORKS: readonly Combination[] = [
  { framework: 'express', mode: 'registry' },
  { framework: 'fastify', mode: 'layered' },
]

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

describe.each(FRAMEWORKS)('the page of the API: $framework', (combination) => {
  let [app, started]: [MadeApp?, Started?] = []
  let page: Page
  /** Whatever the browser has to say against the page. */
  const complaints: string[] = []
  const requests: string[] = []

  beforeAll(async () => {
    app = await makeLinked('blog', combination)
    started = await startApp(app.root, ['--import', 'tsx', 'src/server.ts'])
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } })
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(`${started.url}/docs`, { waitUntil: 'networkidle' })
  })
  afterAll(async () => {
    await page?.close()
    await started?.stop()
    await app?.remove()
  })

  it('shows every operation of every model', async () => {
    const reply = await fetch(`${started!.url}/openapi.json`)
    const { paths } = (await reply.json()) as Document
    const expected = Object.entries(paths).flatMap(([path, item]) =>
      METHODS.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`),
    )
    // The page is drawn some time after the document has come.
    const shown = (): Promise<string[]> =>
      page.locator('.opblock').evaluateAll((blocks) =>
        blocks
          .map((block) => {
            const text = (selector: string) =>
              block.querySelector(selector)?.textContent?.trim() ?? ''
            // Long paths carry zero-width spaces where they may be broken.
            return `${text('.opblock-summary-method')} ${text('.opblock-summary-path').replaceAll('\u200b', '')}`
          })
          .toSorted(),
      )
    await expect.poll(shown, { timeout: 10_000 }).toEqual(expected.toSorted())
    expect(expected.length).toBeGreaterThan(50)
  })

  it('tries a list out, and shows the rows', async () => {
    const block = page.locator('.opblock', {
      has: page.locator('.opblock-summary-method', { hasText: 'GET' }),
    })
    const list = block.filter({ has: page.locator('[data-path="/api/posts"]') }).first()
    await list.locator('.opblock-summary-control').click()
    await list.getByRole('button', { name: 'Try it out' }).click()
    await list.getByRole('button', { name: 'Execute' }).click()
    const live = list.locator('.live-responses-table')
    await live.locator('.response-col_status', { hasText: '200' }).waitFor()
    expect(await live.locator('.response-col_description').last().innerText()).toContain('"data"')
    const folder = join(repo, 'coverage', 'e2e')
    await mkdir(folder, { recursive: true })
    await page.screenshot({ path: join(folder, `docs-${combination.framework}.png`) })
  })

  it('asks nobody else for anything, and the browser has nothing against it', () => {
    const elsewhere = requests.filter(
      (url) => !/^(data|blob):/.test(url) && !url.startsWith(started!.url),
    )
    expect({ elsewhere, complaints }).toEqual({ elsewhere: [], complaints: [] })
  })
})
