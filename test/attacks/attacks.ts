import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTarget, undefended, type RunningApp, type Target } from '../contract/harness.js'
import { kindsOn, TWO, type Combination } from '../examples/combinations.js'
import { applyEdits, type Edit } from '../support/app-edits.js'
import { deep } from '../support/deep.js'
import type { Attack, Suite, Victim } from './attack.js'
import { fill } from './data.js'
import { parsing } from './parsing.js'
import { reading } from './reading.js'
import { writing } from './writing.js'

/** What every app must withstand. */
const everywhere: Suite = {
  attacks: [...reading, ...writing, ...parsing],
  schema: 'schema.prisma',
  controls: 'express',
  fill,
}

/**
 * Makes every attack on the kinds of app of a framework.
 * @param databaseFor address of an empty database on a server; left out, an embedded one is used, and on one kind of
 * app every attack is made again with the defence taken out: what the defence is does not depend on the database
 */
export function describeAttacks(
  provider: Target['provider'],
  framework: Target['framework'],
  databaseFor?: () => Promise<string>,
  suite: Suite = everywhere,
): void {
  const { attacks, plugins = [], env = {} } = suite
  const of = (kinds: readonly Combination[]): readonly Combination[] =>
    kinds.filter((kind) => kind.framework === framework)
  const targetOf = async (kind: Combination, edits: readonly Edit[] = []): Promise<Target> => {
    const databaseUrl = await databaseFor?.()
    return {
      ...kind,
      provider,
      schema: await schemaFor(suite, provider),
      ...{ plugins, env },
      edit: (app) => applyEdits(app, edits),
      ...(databaseUrl ? { databaseUrl } : {}),
    }
  }

  describe.each(of(kindsOn(provider)))('$framework, $mode', (kind) => {
    let app: RunningApp | undefined
    beforeAll(async () => {
      app = await startTarget(await targetOf(kind))
    })
    beforeEach(() => suite.fill(victimOf(app!)))
    afterAll(() => app?.stop())

    it.each(attacks)('$id: nobody $name', async ({ succeeds }) => {
      expect(await succeeds(victimOf(app!))).toBe(false)
      expect((await victimOf(app!).send('GET', '/ready')).status).toBe(200)
    })
  })

  if (databaseFor) return
  // What is taken out is mostly the same in all kinds of app; each attack that differs is tried where it does.
  const [first, second] = TWO
  const differs = ({ defenceOff }: Attack): boolean =>
    !isDeepStrictEqual(defenceOff(first!), defenceOff(second!))
  const tried = deep || framework === suite.controls ? attacks : attacks.filter(differs)
  describe.each(tried.length > 0 ? of(TWO) : [])('$framework, $mode, undefended', (kind) => {
    const groups = new Map<string, Attack[]>()
    for (const attack of tried) {
      const key = JSON.stringify(attack.defenceOff(kind))
      groups.set(key, [...(groups.get(key) ?? []), attack])
    }
    it.each([...groups.values()].map((group) => [list(group), group] as const))(
      '%s',
      async (_, group) =>
        undefended(await targetOf(kind, group[0]!.defenceOff(kind)), async (app) => {
          for (const { name, succeeds } of group) {
            await suite.fill(victimOf(app))
            expect(await succeeds(victimOf(app)), name).toBe(true)
          }
        }),
      // Each makes an app of its own and starts it.
      120_000,
    )
  })
}

const list = (group: readonly Attack[]): string =>
  group.map(({ id, name }) => `${id}: one ${name}`).join('; ')

async function schemaFor({ schema }: Suite, provider: string): Promise<string> {
  const text = await readFile(fileURLToPath(new URL(schema, import.meta.url)), 'utf8')
  return text.replace('provider = "sqlite"', `provider = "${provider}"`)
}

const victimOf = (app: RunningApp): Victim => ({
  app,
  async send(method, path, body, headers = {}) {
    const response = await fetch(app.url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    const { status } = response
    return { status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  },
})
