import { removal } from './edits.js'
import type { Changes } from './normalise.js'
import { propertiesOf, stringOf, stringsOf } from './properties.js'
import type { Block, Source } from './source.js'

/** A client with it refuses `undefined` as an argument, which emitted code passes for what was not given. */
const UNFIT = 'strictUndefinedChecks'
const CLIENTS = new Set(['prisma-client', 'prisma-client-js'])

type Found = { readonly source: Source; readonly block: Block }

/** Leaves one generator: the client as the app needs it. Preview features that Prisma still takes are kept. */
export function normaliseGenerators(
  sources: readonly Source[],
  changes: Changes,
  acceptsPreview: (feature: string) => boolean,
): void {
  const found = sources.flatMap((source) =>
    source.blocks.filter((block) => block.kind === 'generator').map((block) => ({ source, block })),
  )
  const client = found.find(({ source, block }) => CLIENTS.has(providerOf(source, block)))
  const features = found
    .filter(({ source, block }) => CLIENTS.has(providerOf(source, block)))
    .flatMap((it) => keptFeatures(it, changes, acceptsPreview))
  if (client === undefined) addClient(sources, changes)
  else replaceClient(client, [...new Set(features)], changes)
  for (const other of found) if (other !== client) removeGenerator(other, changes)
}

const providerOf = (source: Source, block: Block): string =>
  stringOf(source, block, 'provider') ?? ''

function keptFeatures(
  { source, block }: Found,
  changes: Changes,
  acceptsPreview: (feature: string) => boolean,
): string[] {
  const property = propertiesOf(source, block).find(({ name }) => name === 'previewFeatures')
  if (property === undefined) return []
  return stringsOf(property).flatMap(({ value, offset }) => {
    if (acceptsPreview(value) && value !== UNFIT) return [value]
    const reason = value === UNFIT ? 'which the app does without' : 'which Prisma 7 no longer knows'
    changes.note(source, offset, `Took out the preview feature ${value}, ${reason}.`)
    return []
  })
}

/** The properties of our generator block, in order, aligned as `prisma format` does. */
function clientProperties(
  source: Pick<Source, 'path'>,
  features: readonly string[],
): [string, string][] {
  const up = '../'.repeat(source.path.split('/').length)
  const properties: [string, string][] = [
    ['provider', '"prisma-client"'],
    ['output', `"${up}src/generated/prisma"`],
    ['moduleFormat', '"esm"'],
    ['importFileExtension', '"js"'],
    ['runtime', '"nodejs"'],
  ]
  if (features.length > 0)
    properties.push(['previewFeatures', `[${features.map((name) => `"${name}"`).join(', ')}]`])
  return properties
}

function clientBlock(source: Pick<Source, 'path' | 'eol'>, features: readonly string[]): string {
  const properties = clientProperties(source, features)
  const width = Math.max(...properties.map(([name]) => name.length))
  const lines = properties.map(([name, value]) => `  ${name.padEnd(width)} = ${value}`)
  return ['generator client {', ...lines, '}'].join(source.eol)
}

/** The generator block of an app whose schema lies in one file. */
export const clientGenerator = (features: readonly string[]): string =>
  clientBlock({ path: 'schema.prisma', eol: '\n' }, features)

function replaceClient(
  { source, block }: Found,
  features: readonly string[],
  changes: Changes,
): void {
  const ours = new Map(clientProperties(source, features))
  const theirs = propertiesOf(source, block)
  const same =
    theirs.length === ours.size &&
    theirs.every(({ name, value }) => squash(ours.get(name) ?? '') === squash(value))
  if (same && block.name === 'client') return
  changes.edit(source, {
    start: block.offset,
    end: block.end,
    text: clientBlock(source, features),
  })
  changes.note(
    source,
    block.offset,
    `Replaced generator ${block.name} (${providerOf(source, block)}) by the app's own client generator.`,
  )
}

const squash = (value: string): string => value.replace(/\s/g, '')

/** Put above the datasource, in its file. */
function addClient(sources: readonly Source[], changes: Changes): void {
  const source =
    sources.find(({ blocks }) => blocks.some(({ kind }) => kind === 'datasource')) ?? sources[0]!
  const block = source.blocks.find(({ kind }) => kind === 'datasource')
  const bom = source.content.startsWith('\uFEFF') ? 1 : 0
  const start = block === undefined ? bom : (block.docs[0]?.offset ?? block.offset)
  const gap = source.eol + source.eol
  changes.edit(source, { start, end: start, text: clientBlock(source, []) + gap })
  changes.note(source, start, 'Added the client generator, as the schema had none.')
}

/** Doc comments go with it, else they would document what comes next. */
function removeGenerator({ source, block }: Found, changes: Changes): void {
  const doc = block.docs.find(({ kind }) => kind === 'doc')
  const { start, end } = removal(source.content, doc?.offset ?? block.offset, block.end)
  const blank = /^[ \t]*\r?\n/.exec(source.content.slice(end))?.[0].length ?? 0
  const atLineStart = start === 0 || source.content[start - 1] === '\n'
  changes.edit(source, { start, end: end + (atLineStart ? blank : 0), text: '' })
  changes.note(
    source,
    block.offset,
    `Took out generator ${block.name} (${providerOf(source, block)}), which the app does not run.`,
  )
}
