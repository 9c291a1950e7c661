import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Settings } from '../../src/options.js'
import { repo } from '../support/repo.js'

const CASES = join(repo, 'test/regen/cases')

/** What is done to files beside changing their lines; paths are those of the app. */
export type Actions = {
  readonly delete?: readonly string[]
  /** New path by old path. */
  readonly move?: Readonly<Record<string, string>>
  /** Given Windows line ends. */
  readonly windows?: readonly string[]
  /** All but imports are given Windows line ends. */
  readonly mixed?: readonly string[]
  /** The end of the last line is taken off. */
  readonly open?: readonly string[]
  /** Given a byte order mark. */
  readonly mark?: readonly string[]
  readonly executable?: readonly string[]
  /** Laid out by another formatter: tabs, double quotes, semicolons. */
  readonly restyle?: readonly string[]
  /** In `expected`: files that are as they were before the run, and their bases. */
  readonly asBefore?: readonly string[]
  /** In `expected`: files that are written once and are those of a new app all the same. */
  readonly asNew?: readonly string[]
}

export type Choices = {
  readonly framework?: 'express' | 'fastify'
  readonly mode?: 'registry' | 'layered'
  readonly plugins?: readonly string[]
  readonly pluginOptions?: Readonly<Record<string, Settings>>
  /** For one run: what is given by `--rename`. */
  readonly rename?: string
}

/** Files that a run is expected to name. */
export type Told = {
  readonly conflicts?: readonly string[]
  readonly orphans?: readonly string[]
  /** Renames that nobody said, as one may type them. */
  readonly likelyRenames?: string
}

/** One folder of a case: a state of the app, as changes to the one before. */
export type Step = {
  /** Diffs by path. */
  readonly diffs: Readonly<Record<string, string>>
  /** Whole files by path; in the folder they end in `.whole`. */
  readonly files: Readonly<Record<string, string>>
  readonly actions: Actions
  readonly choices: Choices
  readonly told: Told
}

/** Names of all cases. */
export const caseNames = (): string[] => readdirSync(CASES).sort()

/** Reads one folder of a case; one that is not there changes nothing. */
export function readStep(name: string, step: string): Step {
  const folder = join(CASES, name, step)
  const paths = existsSync(folder) ? filesIn(folder) : []
  const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
  const ending = (end: string): Record<string, string> =>
    Object.fromEntries(
      paths
        .filter((path) => path.endsWith(end))
        .map((path) => [path.slice(0, -end.length), read(path)]),
    )
  const settings = (file: string): object =>
    paths.includes(file) ? (JSON.parse(read(file)) as object) : {}
  return {
    diffs: ending('.diff'),
    files: ending('.whole'),
    actions: settings('actions.json'),
    choices: settings('choices.json'),
    told: settings('told.json'),
  }
}

export const hasStep = (name: string, step: string): boolean => existsSync(join(CASES, name, step))

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
