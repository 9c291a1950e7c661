import { pluralize } from 'inflection'
import type { BlockKind, Source } from '../source.js'
import { camel, mostly, snake } from './habits.js'
import { layoutOf, type Layout } from './print.js'

/** Where a new block goes: the end of a file, or a file of its own. */
export type Home = {
  /** Path relative to the schema's folder. */
  readonly path: string
  /** Null where the file is not there yet. */
  readonly source: Source | null
  readonly layout: Layout
}

/**
 * Finds the file for a new model, or for an enum of one. In a folder in which most models have a file of their own,
 * called after them, a new one gets that too; else the file that holds the most.
 */
export function homeOf(sources: readonly Source[], kind: 'model' | 'enum', model: string): Home {
  const enums = kind === 'enum' ? enumFile(sources) : undefined
  if (enums !== undefined) return inFile(enums)
  const path = ownFile(sources, model)
  const there = sources.find((source) => source.path === path)
  if (there !== undefined) return inFile(there)
  const holder = fullest(sources, 'model')
  if (path === undefined) return inFile(holder)
  const eol = mostly(sources.map((source) => source.eol)) ?? holder.eol
  return { path, source: null, layout: { ...layoutOf(holder), eol } }
}

const inFile = (source: Source): Home => ({
  path: source.path,
  source,
  layout: layoutOf(source),
})

const FORMS: readonly ((model: string) => string)[] = [
  (model) => model,
  (model) => camel(model),
  (model) => snake(model).replaceAll('_', '-'),
  (model) => snake(model),
  (model) => model.toLowerCase(),
  (model) => pluralize(model),
  (model) => pluralize(camel(model)),
  (model) => pluralize(snake(model)).replaceAll('_', '-'),
  (model) => pluralize(snake(model)),
]

/** A path by the habit of the folder; undefined where models share files. */
function ownFile(sources: readonly Source[], model: string): string | undefined {
  const files = sources.flatMap(({ path, blocks }) => {
    const models = blocks.filter(({ kind }) => kind === 'model')
    return models.length === 0 ? [] : [{ path, models }]
  })
  if (sources.length === 1) return undefined
  const alone = files.map(({ path, models }) => {
    const [, folder, name, rest] = /^(.*\/)?([^/.]+)(\..*)$/.exec(path) ?? []
    const fits = models.length === 1 ? FORMS.filter((form) => form(models[0]!.name) === name) : []
    return { folder: folder ?? '', rest: rest ?? '.prisma', fits }
  })
  const own = alone.filter(({ fits }) => fits.length > 0)
  if (own.length * 2 <= alone.length) return undefined
  // A name of one word fits several forms: the one that fits most files is meant.
  const [form] = FORMS.map((it) => ({
    it,
    count: own.filter(({ fits }) => fits.includes(it)).length,
  }))
    .sort((a, b) => b.count - a.count)
    .map(({ it }) => it)
  const folder = mostly(own.map((file) => file.folder)) ?? own.at(-1)!.folder
  const rest = mostly(own.map((file) => file.rest)) ?? '.prisma'
  return `${folder}${form!(model)}${rest}`
}

/** The file for enums, where there is one without models. */
function enumFile(sources: readonly Source[]): Source | undefined {
  const holders = sources.filter(({ blocks }) => blocks.some(({ kind }) => kind === 'enum'))
  const [only, ...more] = holders
  const apart = only?.blocks.every(({ kind }) => kind === 'enum') === true
  return more.length === 0 && apart ? only : undefined
}

/** The last of those that hold the most. */
function fullest(sources: readonly Source[], kind: BlockKind): Source {
  const count = ({ blocks }: Source): number => blocks.filter((block) => block.kind === kind).length
  return sources.reduce((best, source) => (count(source) >= count(best) ? source : best))
}
