import assert from 'node:assert/strict'
import { plain } from '../../src/merge/lines.js'
import { BASE_FOLDER, MANIFEST_PATH, basePath } from '../../src/merge/manifest.js'
import type { Edit } from './edits.js'
import { generated, schemaChanges, type Example, type Generated, type Source } from './generated.js'
import { VirtualApp } from './virtual.js'

/** Whose lines stay where both changed them. */
export type Side = 'ours' | 'theirs' | 'both'

/** What is chosen otherwise than before. */
export type Switch = 'mode' | 'framework' | 'version'

export type Step =
  | { readonly do: 'edit'; readonly edit: Edit }
  | { readonly do: 'change'; readonly which: number }
  | { readonly do: 'switch'; readonly which: Switch }
  | { readonly do: 'generate'; readonly side: Side }

/** An app, what its user did, and what has to be true of it after each run. */
export class History {
  readonly #app = new VirtualApp()
  readonly #touched = new Set<string>()
  /** Files that were generated when the user deleted them. */
  readonly #deleted = new Set<string>()
  #planned = new Set<string>()
  #source: Source
  #edits = 0

  constructor(source: Source) {
    this.#source = source
  }

  async go(step: Step): Promise<void> {
    switch (step.do) {
      case 'edit':
        return this.#edit(step.edit)
      case 'change': {
        const which = step.which % changesOf(this.#source.example)
        const changed = new Set(this.#source.changed)
        if (!changed.delete(which)) changed.add(which)
        this.#source = { ...this.#source, changed }
        return
      }
      case 'switch':
        this.#source = switched(this.#source, step.which)
        return
      case 'generate':
        return this.generate(step.side)
    }
  }

  #edit({ file, change }: Edit): void {
    const paths = [...this.#app.disk.keys()].filter(isUsers).sort()
    // Most edits meet what schema and choices change, or what was edited before.
    const met = (path: string): boolean => this.#touched.has(path) && this.#planned.has(path)
    const lists = [paths.filter(met), paths.filter(isLikely), paths]
    const full = lists.filter((list) => list.length > 0)
    const list = full[Math.floor(file * full.length)]!
    const path = list[Math.floor(((file * full.length) % 1) * list.length)]!
    const result = change(path, this.#app.disk.get(path)!, ++this.#edits)
    for (const [name, text] of Object.entries(result)) {
      this.#touched.add(name)
      if (text === null) this.#app.disk.delete(name)
      else this.#app.disk.set(name, text)
      if (text === null && this.#planned.has(name)) this.#deleted.add(name)
      else this.#deleted.delete(name)
    }
  }

  /** Regenerates, takes one side of each conflict, and checks what each run promises. */
  async generate(side: Side): Promise<void> {
    const { disk } = this.#app
    const wanted = await generated(this.#source)
    const before = new Map(disk)
    const conflicts = this.#app.generate(wanted).filter(({ kind }) => kind === 'conflict')
    this.#expectEditsKept(before, wanted)
    this.#expectFresh(wanted)
    if (conflicts.length > 0) {
      assert.throws(() => this.#app.generate(wanted), /Conflicts are not resolved yet/)
      for (const { path } of conflicts) disk.set(path, resolved(disk.get(path)!, side))
      this.#app.generate(wanted)
    }
    const settled = new Map(disk)
    const kinds = new Set(this.#app.generate(wanted).map(({ kind }) => kind))
    assert.deepEqual([...kinds], ['keep'])
    assert.deepEqual([...disk], [...settled])
  }

  /** A line that only the user had is there afterwards, in the text or between markers; a file with no news is as it was. */
  #expectEditsKept(before: ReadonlyMap<string, string>, { files }: Generated): void {
    const wanted = new Map(files.map((file) => [file.path, file.text]))
    for (const path of this.#touched) {
      const text = before.get(path)
      if (text === undefined) continue
      const base = before.get(basePath(path))
      if (base !== undefined && base === wanted.get(path))
        assert.equal(this.#app.disk.get(path), text, `${path} had no reason to change`)
      const known = linesOf(base ?? '')
      const now = linesOf(this.#app.disk.get(path) ?? '')
      const lost = [...linesOf(text)].filter((line) => !known.has(line) && !now.has(line))
      assert.deepEqual({ path, lost }, { path, lost: [] })
    }
  }

  /** Files that nobody touched are those of a new app, and there is nothing else that nobody made. */
  #expectFresh({ files }: Generated): void {
    const { disk } = this.#app
    const planned = new Map(files.map((file) => [file.path, file]))
    this.#planned = new Set(planned.keys())
    for (const path of this.#deleted) {
      // What is made again after it was not generated for a while is new.
      if (planned.has(path)) assert(!disk.has(path), `${path} is there again`)
      else this.#deleted.delete(path)
    }
    for (const [path, { text, onExisting }] of planned) {
      if (onExisting === 'skip') continue
      assert.equal(disk.get(basePath(path)), text)
      if (!this.#touched.has(path)) assert.equal(disk.get(path), text)
    }
    const stray = [...disk.keys()].filter((path) => {
      const name = path.startsWith(`${BASE_FOLDER}/`)
        ? path.slice(BASE_FOLDER.length + 1, -'.base'.length)
        : path
      return !planned.has(name) && !this.#touched.has(name) && path !== MANIFEST_PATH
    })
    assert.deepEqual(stray, [])
  }
}

function switched(source: Source, which: Switch): Source {
  const { mode, framework, version } = source
  switch (which) {
    case 'mode':
      return { ...source, mode: mode === 'layered' ? 'registry' : 'layered' }
    case 'framework':
      return { ...source, framework: framework === 'express' ? 'fastify' : 'express' }
    case 'version':
      return { ...source, version: (version + 1) % 3 }
  }
}

/** The schema is changed by steps of its own. */
const isUsers = (path: string): boolean =>
  !path.startsWith('.ssot/') && !path.startsWith('prisma/schema')

const isLikely = (path: string): boolean =>
  /\.(dto|validator)\.ts$|schema\/models|models\/index|registry\.ts$|factories\/|README|\.json$|\.env|app\.ts$|\.config\.ts$/.test(
    path,
  )

/** Each change doubles the number of apps; a large one takes a while to make. */
const changesOf = (example: Example): number =>
  example === 'ecommerce' || example === 'ai-chat' ? 3 : schemaChanges.length

/** The lines of a text; what JSON puts behind a value is no part of it. */
const linesOf = (text: string): Set<string> =>
  new Set(
    plain(text)
      .split('\n')
      .map((line) => line.trim().replace(/,$/, '')),
  )

const CONFLICT =
  /^<{7} yours\r?\n([^]*?)^\|{7} [^]*?^={7}\r?\n([^]*?)^>{7} newly generated(?:\r?\n|$)/gm

const resolved = (text: string, side: Side): string =>
  text.replaceAll(CONFLICT, (_, ours: string, theirs: string) =>
    side === 'ours' ? ours : side === 'theirs' ? theirs : ours + theirs,
  )
