import { createHash } from 'node:crypto'
import { UserError } from '../errors.js'
import { readAnnotations } from './annotations.js'
import { buildEnums, buildModels } from './build.js'
import type { RawDatamodel } from './datamodel.js'
import { emulatesRelations } from './datasource.js'
import { applyEdits } from './edits.js'
import { finishModels } from './finish.js'
import type { Provider, Schema, SchemaFile } from './model.js'
import { normalise, type Normalised } from './normalise.js'
import { notEnforced, notServed } from './notices.js'
import { placesOf } from './places.js'
import { prismaError, type CheckedFile, type Finding } from './prisma-errors.js'
import { problemError, type Problem } from './problems.js'
import { readSchema, type SchemaText } from './read.js'
import { refuseUnusable } from './refuse.js'
import { requiredCycles } from './relations.js'
import { readSource } from './source.js'
import { unoptimised } from './wasm.js'

/** The part of `@prisma/prisma-schema-wasm` that is used. This file is the only one that loads it. */
type PrismaSchema = {
  format(schema: string, params: string): string
  get_datamodel(params: string): string
  lint(files: string): string
}

/** A file that is not read from disk, and the path that messages show. */
type GivenFile = SchemaFile & { readonly shown?: string }

export type LoadOptions = {
  /** Provider to use in place of the one the schema names. */
  readonly provider?: Provider
} & (
  | {
      readonly path: string
      /** Leaves out the files that plugins wrote. */
      readonly own?: boolean
      /** Files to be read beside those of the path. */
      readonly extra?: readonly GivenFile[]
    }
  | { readonly files: readonly GivenFile[] }
)

/**
 * Reads a Prisma schema, makes it fit Prisma 7, and says what is in it.
 * @throws UserError when it can't be read, Prisma refuses it, an annotation is wrong, or no app can work with it
 */
export const loadSchema = (options: LoadOptions): Promise<Schema> =>
  unoptimised(() => readAndParse(options))

async function readAndParse(options: LoadOptions): Promise<Schema> {
  const given = 'path' in options ? (options.extra ?? []) : options.files
  const texts = [
    ...('path' in options ? await readSchema(options.path, options.own) : []),
    ...given.map((file): SchemaText => ({ shown: file.path, ...file })),
  ]
  // Loaded late: it is 3 MB of WASM, and other commands do without.
  const { default: prisma } = await import('@prisma/prisma-schema-wasm')
  const sources = texts.map(readSource)
  const normalised = normalise(sources, {
    provider: options.provider,
    acceptsPreview: (feature, provider) => acceptsPreview(prisma, feature, provider),
  })
  const files = sources.map((source) => ({
    source,
    edited: applyEdits(source.content, normalised.edits.get(source) ?? []),
  }))
  const datamodel = parse(prisma, files, normalised)
  return toSchema(files, datamodel, normalised)
}

function parse(
  prisma: PrismaSchema,
  files: readonly CheckedFile[],
  { problems }: Normalised,
): RawDatamodel {
  const tuples = files.map(({ source, edited }) => [source.path, edited.content])
  try {
    return JSON.parse(prisma.get_datamodel(JSON.stringify({ prismaSchema: tuples, noColor: true })))
  } catch (cause) {
    const findings = JSON.parse(prisma.lint(JSON.stringify(tuples))) as Finding[]
    const error = prismaError(files, findings, messageOf(cause))
    if (problems.length === 0) throw error
    throw new UserError(`${error.message}\n\n${annotationError(problems).message}`, error.remedies)
  }
}

/** The WASM throws an error whose message is JSON. */
function messageOf(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause)
  try {
    return (JSON.parse(text) as { message: string }).message
  } catch {
    return text
  }
}

function toSchema(
  files: readonly CheckedFile[],
  datamodel: RawDatamodel,
  normalised: Normalised,
): Schema {
  const sources = files.map(({ source }) => source)
  const places = placesOf(sources)
  // Null is a provider that Prisma does not know either, and it has accepted this one.
  const provider = normalised.provider!
  refuseUnusable(datamodel, places, provider)
  const drafts = buildModels(datamodel, places, provider)
  const enums = buildEnums(datamodel)
  const catalog = {
    models: new Map(drafts.map((model) => [model.name, model])),
    enums: new Map(enums.map((type) => [type.name, type])),
  }
  const annotations = readAnnotations(sources, catalog)
  const problems = [...normalised.problems, ...annotations.problems]
  if (problems.length > 0) throw annotationError(problems)
  const { models, notices } = finishModels(drafts, annotations)
  const cycles = requiredCycles(models)
  const written = files.map(({ source, edited }) => ({
    path: source.path,
    content: edited.content,
  }))
  return {
    provider,
    files: written,
    hash: hashOf(written),
    models,
    enums,
    emulatedRelations: emulatesRelations(sources),
    requiredCycles: cycles,
    notices: [
      ...normalised.notices,
      ...notices,
      ...notServed(sources, models, cycles),
      ...notEnforced(annotations),
    ],
  }
}

const annotationError = (problems: readonly Problem[]): UserError =>
  problemError('The schema has annotations that are not right.', problems, [
    'An annotation stands in a /// comment directly above its model or field.',
  ])

/** Lays out the text of one schema file as Prisma does. */
export async function formatSchema(text: string): Promise<string> {
  const { default: prisma } = await import('@prisma/prisma-schema-wasm')
  const options = { tabSize: 2, insertSpaces: true }
  const request = { textDocument: { uri: 'file:/schema.prisma' }, options }
  const files = [['file:/schema.prisma', text]]
  const formatted = JSON.parse(prisma.format(JSON.stringify(files), JSON.stringify(request))) as [
    [string, string],
  ]
  return formatted[0][1]
}

/** Asks Prisma itself, as its list changes from version to version. */
function acceptsPreview(prisma: PrismaSchema, feature: string, provider: string): boolean {
  const probe =
    `generator client {\n  provider = "prisma-client"\n  previewFeatures = ["${feature}"]\n}\n` +
    `datasource db {\n  provider = "${provider}"\n}\n`
  const findings = JSON.parse(prisma.lint(JSON.stringify([['probe.prisma', probe]]))) as Finding[]
  return !findings.some(({ is_warning, text }) => !is_warning && text.includes('preview feature'))
}

function hashOf(files: readonly SchemaFile[]): string {
  const hash = createHash('sha256')
  for (const { path, content } of files) hash.update(`${path}\0${content}\0`)
  return hash.digest('hex')
}
