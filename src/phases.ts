import { basename } from 'node:path'
import { CONFIG_FILE } from './config-file.js'
import { readOwnTexts } from './input-hash.js'
import { formattedBefore } from './merge/formatted-before.js'
import { mergeApp } from './merge/merge-app.js'
import { mixedPaths, pathsOf, refuseMarkers } from './merge/merge.js'
import { withEdits } from './merge/user-edits.js'
import { readRecord, takeSnapshot } from './merge/snapshot.js'
import { packs } from './packs.js'
import { phasesOf } from './pipeline/phase.js'
import { planFiles } from './plan/plan.js'
import { activatePlugins } from './plugins/choose.js'
import { givenModels } from './plugins/models.js'
import { configAfter, noticesOf, unreachable, viewPlugin } from './plugins/view.js'
import { formatFiles } from './render/format.js'
import { renderFiles } from './render/render.js'
import { loadSchema } from './schema/load.js'
import { outlineOf } from './schema/rename/outline.js'
import type { RunState } from './state.js'
import { olderVersion } from './upgrade/versions.js'
import { pinnedVersions } from './versions.js'
import { viewApp } from './view/app.js'
import { commit } from './write/commit.js'
import { diskChanges, manifestOf, textAfter } from './write/disk.js'
import { recordChanges } from './write/record.js'
import { packTool, toolSpecifier } from './write/tool.js'

// Only a run with something to do loads this module. What each such run needs is imported here, in one go: every
// import that stands alone splits the bundle into more modules, and hundreds of those take longer than the work.
const definePhase = phasesOf<RunState>()

/** Schema text → intermediate representation. */
const load = definePhase({
  id: 'load',
  needs: ['input'],
  provides: ['schema'],
  async run({ input }) {
    const { schema, database } = input.config
    const provider = database ?? undefined
    return { schema: await loadSchema({ path: schema, own: true, provider }) }
  },
})

/** Chosen plugins → those that are at work, and the schema with the models that they give to the user. */
const plugins = definePhase({
  id: 'plugins',
  needs: ['chosen', 'schema', 'input', 'previous'],
  provides: ['plugins', 'schema'],
  async run({ chosen, schema, input: { config, root }, previous }) {
    const active = await activatePlugins(chosen, schema, config, root)
    const extra = givenModels(active, schema, previous)
    if (extra.length === 0) return { plugins: active, schema }
    const provider = config.database ?? undefined
    const extended = await loadSchema({ path: config.schema, own: true, extra, provider })
    return { plugins: active, schema: extended }
  },
})

/** The schema, and what the last run noted of it → what has got a new name. */
const rename = definePhase({
  id: 'rename',
  needs: ['schema', 'input'],
  provides: ['renaming'],
  async run({ schema, input: { root, rename: given } }) {
    const [record, now] = [readRecord(root), outlineOf(schema)]
    if (given === undefined) return { renaming: { record, now, renames: [] } }
    const { readRenames } = await import('./schema/rename/parse.js')
    return { renaming: { record, now, renames: readRenames(given, record, now) } }
  },
})

/** Do the choices fit the schema? */
const validate = definePhase({
  id: 'validate',
  needs: ['schema', 'plugins'],
  provides: ['notices'],
  run: ({ schema, plugins }) => ({
    notices: [...schema.notices, ...noticesOf(plugins), ...unreachable(schema, plugins)],
  }),
})

/** Intermediate representation → everything templates need. */
const view = definePhase({
  id: 'view',
  needs: ['schema', 'input', 'previous', 'notices', 'plugins'],
  provides: ['app'],
  async run({ schema, input, previous, plugins }) {
    const { framework, mode, pm } = input.config
    const choices = {
      name: previous?.config.name ?? packageName(input.root),
      framework,
      mode,
      packageManager: pm,
      toolSpecifier: await toolSpecifier(),
      plugins: plugins.map(viewPlugin),
    }
    return { app: viewApp(schema, choices) }
  },
})

/** Packs and plugins → the list of files. */
const plan = definePhase({
  id: 'plan',
  needs: ['app', 'plugins'],
  provides: ['plan'],
  async run({ app, plugins }) {
    const pinned = { ...(await pinnedVersions()), 'create-ssot-app': app.toolSpecifier }
    return { plan: await planFiles(app, packs, plugins, pinned) }
  },
})

/** Proves that the tables of plugins fit the user's schema. */
const tables = definePhase({
  id: 'tables',
  needs: ['plan', 'schema'],
  provides: ['plan'],
  shouldRun: ({ plan: { schemas } }) => schemas.length > 0,
  async run({ plan, schema }) {
    const { placeTables } = await import('./plugins/tables.js')
    return { plan: await placeTables(plan, schema) }
  },
})

/** Files → those that the user has not ejected. */
const eject = definePhase({
  id: 'eject',
  needs: ['plan', 'previous'],
  provides: ['plan'],
  run({ plan, previous }) {
    const ejected = new Set(previous?.ejected)
    return { plan: { ...plan, files: plan.files.filter(({ path }) => !ejected.has(path)) } }
  },
})

/** Templates and views → text. */
const render = definePhase({
  id: 'render',
  needs: ['plan'],
  provides: ['rendered'],
  async run({ plan: { files } }) {
    return { rendered: await renderFiles(files) }
  },
})

/** Paths → what is on disk of each. */
const look = definePhase({
  id: 'look',
  needs: ['rendered', 'input', 'previous'],
  provides: ['snapshot'],
  run({ rendered, input, previous }) {
    const snapshot = takeSnapshot(input.root, pathsOf(rendered, previous), previous)
    if (previous) refuseMarkers(snapshot)
    return { snapshot: withEdits(snapshot, input.edits ?? []) }
  },
})

/** Text → formatted text, which proves that it parses. */
const format = definePhase({
  id: 'format',
  needs: ['rendered', 'input', 'previous', 'snapshot'],
  provides: ['files'],
  async run({ rendered, input: { config }, previous, snapshot }) {
    if (!config.format) return { files: rendered }
    const before = formattedBefore(previous, snapshot)
    return { files: await formatFiles(rendered, config.formatConcurrency, before) }
  },
})

/** New texts, last generated ones and those on disk → what happens to each file. */
const merge = definePhase({
  id: 'merge',
  needs: ['files', 'input', 'previous', 'snapshot', 'renaming'],
  provides: ['changes'],
  async run({ files, input, previous, snapshot, renaming }) {
    return { changes: await mergeApp(files, previous, snapshot, renaming, input) }
  },
})

/** Changes → the files in which they meet edits that git does not have: those can't be had back from there. */
const mixed = definePhase({
  id: 'mixed',
  needs: ['changes', 'snapshot', 'input'],
  provides: ['unsaved'],
  async run({ changes, snapshot, input: { root, signal = new AbortController().signal } }) {
    const paths = mixedPaths(changes, snapshot)
    if (paths.length === 0) return { unsaved: [] }
    const { unsavedIn } = await import('./setup/git.js')
    return { unsaved: await unsavedIn(paths, { cwd: root, signal }) }
  },
})

/** Changes → what the disk gets, `.ssot` included. */
const stage = definePhase({
  id: 'stage',
  needs: [
    'changes',
    'snapshot',
    'files',
    'input',
    'schema',
    'app',
    'plugins',
    'renaming',
    'previous',
  ],
  provides: ['disk'],
  async run({ changes, snapshot, files, input, schema, app, plugins, renaming, previous }) {
    const config = configAfter(input.config, plugins)
    const texts = readOwnTexts(input.root, config, textAfter(CONFIG_FILE, changes, snapshot))
    const manifest = manifestOf({
      ...{ config, texts, name: app.name, files, schema, snapshot, changes },
      ejected: previous?.ejected ?? [],
      upgradedTo: previous === null || input.upgrade ? null : olderVersion(previous),
    })
    const packages = textAfter('package.json', changes, snapshot)
    const tool = await packTool(app.toolSpecifier, input.root, packages, input.upgrade === true)
    const changed = diskChanges(changes, files, snapshot, manifest)
    return { disk: [...changed, ...recordChanges(renaming), ...tool] }
  },
})

/** Everything → disk, in one commit. */
const write = definePhase({
  id: 'write',
  needs: ['disk', 'input', 'lock'],
  provides: [],
  shouldRun: ({ input }) => !input.dryRun,
  async run({ disk, input, lock }) {
    const { concurrency } = input.config
    const confirm = async (): Promise<void> => lock?.confirm()
    await commit(input.root, disk, { concurrency, signal: input.signal, confirm })
    return {}
  },
})

/** The phases of a run, in order. */
export const phases = [
  ...[load, plugins, rename, validate, view, plan, tables, eject, render],
  ...[look, format, merge, mixed, stage, write],
]

/** A valid npm package name from a folder's name. */
function packageName(root: string): string {
  const name = basename(root)
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|[._-]+$/g, '')
  return name || 'app'
}
