import type { Provider, Schema } from '../schema/model.js'
import { nameModels } from './names.js'
import { viewModel, type ModelView } from './model.js'
import { isGoverned } from './policy/model.js'
import { literal, propertyKey } from './text.js'

/** The choices an app is made with; the part of the config that emitted code depends on. */
export type AppChoices = {
  /** npm package name. */
  readonly name: string
  readonly framework: 'express' | 'fastify'
  readonly mode: 'registry' | 'layered'
  readonly packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** How package.json names this tool: a version, or `file:` of the copy that goes with the app. */
  readonly toolSpecifier: string
  readonly plugins: readonly PluginView[]
}

/** A plugin of the app. */
export type PluginView = {
  readonly id: string
  readonly category: string
  /** As `ssot.config.ts` lists it; null where the schema alone calls for it. */
  readonly listed: string | null
  /** What its files are imported as: `usageTracker`. */
  readonly variable: string
  /** Does it lie in the app? */
  readonly local: boolean
  /** Every option with its value. */
  readonly options: Readonly<Record<string, unknown>>
  /** Those whose value is not the default. */
  readonly given: Readonly<Record<string, unknown>>
}

type EnumView = {
  readonly name: string
  /** Property key of its entry in `schema/enums.ts`. */
  readonly key: string
  /** Literal of its values. */
  readonly values: string
}

/** Everything a pack may know: the choices, and every model and enum as templates print them. */
export type AppView = AppChoices & {
  readonly provider: Provider
  readonly models: readonly ModelView[]
  /** Models with hidden columns: those named in the Prisma client's `omit`. */
  readonly omitting: readonly ModelView[]
  readonly enums: readonly EnumView[]
  readonly hasEnums: boolean
  /** True where it matters who is signed in: a model says so, or a way to sign in is chosen. */
  readonly signIn: boolean
  /** The intermediate representation, for packs that print data made from it. */
  readonly schema: Schema
}

/** @returns the view of a whole app: every decision that templates need, made */
export function viewApp(schema: Schema, choices: AppChoices): AppView {
  const names = nameModels(schema.models)
  const byName = new Map(schema.models.map((model) => [model.name, model]))
  const models = schema.models.map((model) => viewModel(model, names, byName, schema.provider))
  const enums = schema.enums.map(({ name, values }) => ({
    name,
    key: propertyKey(name),
    values: literal(values.map((value) => value.name)),
  }))
  return {
    ...choices,
    provider: schema.provider,
    models,
    omitting: models.filter((model) => model.omit !== null),
    enums,
    hasEnums: enums.length > 0,
    signIn:
      schema.models.some(isGoverned) || choices.plugins.some(({ category }) => category === 'auth'),
    schema,
  }
}
