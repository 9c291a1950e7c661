import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { GenerateResult } from '../../src/generate.js'
import { repo } from '../support/repo.js'
import { TestApp } from './app.js'
import { caseNames, hasStep, readStep, type Step, type Told } from './case.js'

/*
 * Each case is a folder of folders. Each of those holds changes to the app: as diffs (`<path>.diff`), as whole files
 * (`<path>.whole`), and as `actions.json` for what is no change of lines.
 *   base      what an earlier version generated, seen from what this one generates
 *   yours     what the user made of that
 *   change    the change of schema (prisma/schema.prisma.diff), of choices (choices.json); change-2 is a second one
 *   expected  the app afterwards, seen from one that is made anew; told.json is what the run says
 */
const SCHEMA = join(repo, 'test/regen/schema.prisma')
const apps: TestApp[] = []
afterEach(() => apps.splice(0).forEach((app) => app.remove()))

async function newApp(schema = SCHEMA, choices: TestApp['choices'] = {}): Promise<TestApp> {
  const app = new TestApp()
  apps.push(app)
  app.choices = { ...app.choices, ...choices }
  await app.create(schema)
  return app
}

/** The app as an earlier version would have made it. */
function makeOlder(app: TestApp, base: Step): void {
  const paths = Object.keys({ ...base.diffs, ...base.files })
  app.apply({ ...base, choices: {} })
  const list = app.read('.ssot/generation.json')
  const manifest = JSON.parse(list) as { input: string; outputs: { path: string }[] }
  const gone = base.actions.delete ?? []
  const listed = new Set(manifest.outputs.map(({ path }) => path))
  const outputs = [
    ...manifest.outputs.filter(({ path }) => !gone.includes(path)),
    ...paths.filter((path) => !listed.has(path)).map((path) => ({ path })),
  ]
  if (paths.length + gone.length > 0)
    app.write('.ssot/generation.json', JSON.stringify({ ...manifest, input: 'older', outputs }))
  for (const path of paths) app.write(`.ssot/base/${path}.base`, app.read(path))
}

const toldBy = ({ changes, orphans, likelyRenames }: GenerateResult): Told => {
  const conflicts = changes.flatMap(({ path, lines }) =>
    (lines ?? []).map((line) => `${path}:${line}`),
  )
  return { conflicts, orphans, ...(likelyRenames === null ? {} : { likelyRenames }) }
}

/** Where conflicts begin in some files: the templates may grow, so that no case says a line. */
const placesIn = (tree: Tree, paths: readonly string[]): string[] =>
  paths.flatMap((path) =>
    tree[path]!.split('\n').flatMap((line, index) =>
      line.startsWith('<<<<<<< yours') ? [`${path}:${index + 1}`] : [],
    ),
  )

/** Takes the user's side of every conflict. */
function resolve(app: TestApp, conflicts: readonly string[]): void {
  for (const path of new Set(conflicts.map((place) => place.replace(/:\d+$/, ''))))
    app.write(
      path,
      app
        .read(path)
        .replaceAll(/^<{7} yours\r?\n([^]*?)^\|{7} [^]*?^>{7} newly generated\r?(\n|$)/gm, '$1'),
    )
}

type Tree = Record<string, string>

/** What the app should be: one made anew, with the user's edits. What is written once is as it was. */
async function wantedTree(app: TestApp, expected: Step, before: Tree): Promise<Tree> {
  const fresh = await newApp(join(app.root, 'prisma/schema.prisma'), app.choices)
  fresh.apply(expected)
  const tree = fresh.tree()
  const { asBefore = [], asNew = [] } = expected.actions
  const seed = ['prisma/seed.ts'].filter((path) => !asNew.includes(path))
  for (const path of [...seed, ...asBefore])
    for (const name of [path, `${path}!`, `.ssot/base/${path}.base`])
      if (name in before) tree[name] = before[name]!
  return withoutNotes(tree)
}

/** What a run notes for the next one tells of what was before. */
const NOTES = new Set(['.ssot/generation.json', '.ssot/schema.json'])

const withoutNotes = (tree: Tree): Tree =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !NOTES.has(path)))

describe('regeneration', () => {
  it.each(caseNames())('%s', async (name) => {
    const base = readStep(name, 'base')
    const app = await newApp(SCHEMA, base.choices)
    makeOlder(app, base)
    app.apply(readStep(name, 'yours'))
    const before = app.tree()
    app.apply(readStep(name, 'change'))
    let last = await app.generate()
    if (hasStep(name, 'change-2')) {
      app.apply(readStep(name, 'change-2'))
      last = await app.generate()
    }
    const expected = readStep(name, 'expected')
    const wanted = await wantedTree(app, expected, before)
    const { conflicts = [], ...told } = expected.told
    const places = placesIn(wanted, conflicts)
    expect(toldBy(last)).toEqual({ orphans: [], ...told, conflicts: places })
    expect(withoutNotes(app.tree())).toEqual(wanted)
    await expectSettled(app, places)
  })
})

/** What was decided once is not asked again, and a second run changes nothing. */
async function expectSettled(app: TestApp, conflicts: readonly string[]): Promise<void> {
  const refused = await app.generate().then(
    () => null,
    (error: Error) => error.message,
  )
  const refusal = expect.stringContaining(`not resolved yet:\n  ${conflicts[0]}`)
  expect(refused).toEqual(conflicts.length > 0 ? refusal : null)
  resolve(app, conflicts)
  const settled = withoutNotes(app.tree())
  expect(toldBy(await app.generate())).toEqual({ conflicts: [], orphans: [] })
  expect(withoutNotes(app.tree())).toEqual(settled)
  expect((await app.generate()).unchanged).toBe(true)
}
