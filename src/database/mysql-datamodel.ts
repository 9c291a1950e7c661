import type { RawDatamodel, RawField, RawIndex, RawModel } from '../schema/datamodel.js'
import { emulatesRelations } from '../schema/datasource.js'
import { readSource } from '../schema/source.js'
import type { SchemaText } from './app.js'
import { withOwners } from './owned-tables.js'
import { loadFromApp } from './packages.js'

/** A field of an index, with what MySQL wants to know of it. */
type MysqlIndexField = {
  readonly name: string
  readonly length?: number
  readonly sortOrder?: string
}
export type MysqlIndex = Omit<RawIndex, 'fields'> & { readonly fields: readonly MysqlIndexField[] }

/** A schema as the script that creates it needs it: the data model, and what Prisma leaves out of that. */
export type MysqlDatamodel = Omit<RawDatamodel, 'indexes'> & {
  readonly indexes: readonly MysqlIndex[]
  readonly views: readonly RawModel[]
  /** False with `relationMode = "prisma"`. */
  readonly foreignKeys: boolean
  /** Names given by `map:` to foreign keys, by `Model.relation`. */
  readonly foreignKeyNames: ReadonlyMap<string, string>
  /** Types of `Unsupported("…")` columns, by `Model.field`. */
  readonly unsupported: ReadonlyMap<string, string>
}

type Wasm = { get_datamodel(params: string): string }

/**
 * Reads the data model with the Prisma that the app has installed. Views are left out; what is ignored, or of a
 * type Prisma does not know, is in.
 */
export function readMysqlDatamodel(root: string, own: readonly SchemaText[]): MysqlDatamodel {
  const files = withOwners(own)
  const { wasm } = loadFromApp<{ wasm: { prismaSchemaWasm: Wasm } }>(root, '@prisma/internals')
  const text = files.map((file) => file.content).join('\n')
  const datamodel = parse(wasm.prismaSchemaWasm, files)
  const views = new Set([...text.matchAll(/^\s*view\s+(\w+)/gm)].map(([, name]) => name))
  return {
    ...datamodel,
    models: datamodel.models.filter((model) => !views.has(model.name)),
    views: datamodel.models.filter((model) => views.has(model.name)),
    foreignKeys: !emulatesRelations(files.map((file) => readSource({ ...file, shown: file.path }))),
    foreignKeyNames: findInFields(text, /@relation\([^)]*\bmap:\s*"([^"]+)"/),
    unsupported: findInFields(text, UNSUPPORTED),
  }
}

const UNSUPPORTED = /Unsupported\("([^"]*)"\)/

/** The first wording that Prisma accepts: a model that is ignored may well have no key. */
function parse(
  wasm: Wasm,
  files: readonly SchemaText[],
): RawDatamodel & { indexes: readonly MysqlIndex[] } {
  const wordings = [/(?<!\S)@@?ignore\b/g, /(?<!\S)@ignore\b/g].map((ignore) =>
    files.map(({ path, content }) => [path, plain(content).replace(ignore, '')]),
  )
  const own = files.map(({ path, content }) => [path, plain(content)])
  for (const prismaSchema of wordings)
    try {
      return JSON.parse(wasm.get_datamodel(JSON.stringify({ prismaSchema, noColor: true })))
    } catch {
      // The next wording takes less away.
    }
  return JSON.parse(wasm.get_datamodel(JSON.stringify({ prismaSchema: own, noColor: true })))
}

const plain = (content: string): string => content.replaceAll(new RegExp(UNSUPPORTED, 'g'), 'Bytes')

/** What the first group of `pattern` finds in lines that declare fields, by `Model.field`. */
function findInFields(text: string, pattern: RegExp): Map<string, string> {
  const found = new Map<string, string>()
  let model = ''
  for (const line of text.split('\n')) {
    model = /^\s*model\s+(\w+)\s*\{/.exec(line)?.[1] ?? model
    const name = /^\s*(\w+)\s/.exec(line)?.[1]
    const value = pattern.exec(line)?.[1]
    if (name !== undefined && value !== undefined) found.set(`${model}.${name}`, value)
  }
  return found
}

export const columnOf = (field: RawField): string => field.dbName ?? field.name
