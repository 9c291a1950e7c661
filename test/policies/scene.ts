import type { RunningApp } from '../contract/harness.js'
import type { Edit } from '../support/app-edits.js'
import type { Schema } from '../../src/schema/model.js'
import type { Change } from './change.js'
import type { Oracle, Person } from './oracle.js'

export type Row = Readonly<Record<string, unknown>>
/**
 * All rows by model, in an order in which foreign keys are there. A many-to-many relation stands at one of its ends: the
 * ids of the related rows, under its name.
 */
export type World = Readonly<Record<string, readonly Row[]>>

/** What is written of a model. */
type Tried = {
  /** Changes of a row's own columns, foreign keys among them: each is tried on each row. */
  readonly updates: readonly Row[]
  /** New rows, as they will be. */
  readonly creates: readonly Row[]
  /** Columns that new rows leave to their defaults. */
  readonly unsaid?: readonly string[]
  /** Writes along with a row. */
  readonly nested: readonly Change[]
}

/** A schema with policies, rows, and people who ask for them. */
export type Scene = {
  readonly schema: Schema
  /** Text of the schema, for SQLite. */
  readonly text: string
  readonly world: World
  /** Who asks; null is nobody. */
  readonly people: readonly (Person | null)[]
  readonly tried: (oracle: Oracle, model: string) => Tried
  readonly plugins?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What the app is changed in, so that people can say who they are. */
  readonly edits: readonly Edit[]
  /** Tables of plugins, by their names in the client, whose rows go with those of the models and are put back with them. */
  readonly kept?: readonly string[]
  /** Endpoints for the same, and what they import. */
  readonly endpoints?: { readonly imports: string; readonly list: string }
  /** Signs everybody in. @returns the headers that somebody calls with */
  readonly signIn: (app: RunningApp) => Promise<(who: Person) => Readonly<Record<string, string>>>
}

export const modelsOf = ({ world }: Pick<Scene, 'world'>): readonly string[] => Object.keys(world)

export const nameOf = (who: Person | null): string => who?.name ?? 'nobody'
