import type { SchemaText } from './app.js'
import { blocksOf, withoutComment, type Block, type Member } from './schema-blocks.js'

export type PullChanges = {
  readonly path: string
  /** Lines, each with the block it stands in: `Post: title String`. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

export type PullMerge = {
  /** The files that change, as they will be. */
  readonly files: readonly SchemaText[]
  readonly changes: readonly PullChanges[]
}

/**
 * Brings into a schema what differs between the database it describes and the one that is there; every other
 * line stays as it was written. Pure.
 * @param ours the schema of the app
 * @param expected what Prisma reads from a database made from that schema
 * @param actual what Prisma reads from the app's database
 */
export function mergeDatabase(
  ours: readonly SchemaText[],
  expected: readonly SchemaText[],
  actual: readonly SchemaText[],
): PullMerge {
  const before = blocksByTitle(expected)
  const after = blocksByTitle(actual)
  const results = ours.map((file) => mergeFile(file, before, after))
  const known = blocksByTitle(ours)
  const news = [...after.values()].filter(({ title }) => !before.has(title) && !known.has(title))
  const target = results[0]
  if (target)
    for (const { lines, start, end, title } of news) {
      target.lines.push('', ...lines.slice(start, end + 1))
      target.added.push(title)
    }
  const changed = results.filter(({ added, removed }) => added.length + removed.length > 0)
  return {
    files: changed.map(({ path, lines }) => ({ path, content: textOf(lines) })),
    changes: changed.map(({ path, added, removed }) => ({ path, added, removed })),
  }
}

type Found = Block & { readonly lines: readonly string[] }
type Result = { path: string; lines: string[]; added: string[]; removed: string[] }

const textOf = (lines: readonly string[]): string =>
  `${lines
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`

function blocksByTitle(files: readonly SchemaText[]): Map<string, Found> {
  const all = files.flatMap(({ content }) => {
    const lines = content.split('\n')
    return blocksOf(lines).map((block) => ({ ...block, lines }))
  })
  return new Map(all.map((block) => [block.title, block]))
}

/** From the last block to the first, so that line numbers stay right. */
function mergeFile(
  { path, content }: SchemaText,
  expected: ReadonlyMap<string, Found>,
  actual: ReadonlyMap<string, Found>,
): Result {
  const result: Result = { path, lines: content.split('\n'), added: [], removed: [] }
  for (const block of blocksOf(result.lines).reverse()) {
    const before = expected.get(block.title)
    const after = actual.get(block.title)
    if (before && !after) {
      removeLines(result.lines, block.start, block.end)
      result.removed.push(block.title)
    }
    if (before && after) mergeBlock(result, block, before.members, after.members)
  }
  return result
}

function mergeBlock(
  result: Result,
  block: Block,
  before: readonly Member[],
  after: readonly Member[],
): void {
  const expected = new Map(before.map((member) => [member.key, member.text]))
  const actual = new Map(after.map((member) => [member.key, member.text]))
  const own = new Set(block.members.map(({ key }) => key))
  const news = after.filter(({ key }) => !expected.has(key) && !own.has(key))
  const at = endOfFields(block)
  const attributes = news.filter(({ key }) => key.startsWith('@@'))
  const fields = news.filter(({ key }) => !key.startsWith('@@'))
  result.lines.splice(block.end, 0, ...attributes.map(({ text }) => `  ${text}`))
  for (const member of [...block.members].reverse()) {
    if (member.line === at) result.lines.splice(at + 1, 0, ...fields.map(({ text }) => `  ${text}`))
    mergeMember(result, block, member, expected.get(member.key), actual.get(member.key))
  }
  result.added.push(...news.map(({ text }) => `${block.name}: ${text}`))
}

function mergeMember(
  result: Result,
  block: Block,
  { text, line }: Member,
  before: string | undefined,
  after: string | undefined,
): void {
  if (before === undefined || before === after || text === after) return
  if (after === undefined) {
    removeLines(result.lines, line, line)
    result.removed.push(`${block.name}: ${text}`)
    return
  }
  const raw = result.lines[line] ?? ''
  const comment = raw.slice(withoutComment(raw).length)
  result.lines[line] = `  ${after}${comment && ` ${comment}`}`
  result.added.push(`${block.name}: ${after}`)
}

/** Line of the last field or value. */
const endOfFields = ({ members, start }: Block): number =>
  members.findLast(({ key }) => !key.startsWith('@@'))?.line ?? start

/** Takes the comment directly above along. */
function removeLines(lines: string[], start: number, end: number): void {
  let first = start
  while (/^\s*\/\/\//.test(lines[first - 1] ?? '')) first -= 1
  lines.splice(first, end - first + 1)
}
