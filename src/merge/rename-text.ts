import jsTokens from 'js-tokens'
import type { NamePair, Naming } from './names.js'
import { movedSpecifier } from './specifier.js'

/** Renames in a file that lay at one path and lies at another. */
export type RenameText = (text: string, from: string, to: string) => string

/** What the Prisma client does with a model: `prisma.post.findMany` names one, `router.post` does not. */
const OPERATION =
  /^(find(Many|First|Unique)(OrThrow)?|(create|update|delete)(Many(AndReturn)?)?|upsert|count|aggregate|groupBy)$/

/** What a user's own code calls with the model that it is for. */
const DECLARATION = /^define(Hooks|Routes|Computed)$/

/**
 * Makes a text that somebody edited follow the new names, where there is no doubt what a name means: identifiers
 * that were generated and are generated under the new name now, types and properties of the Prisma client, the model
 * that own code is for, and paths of imports. All else in strings and comments stays.
 * @param generated every text that is generated now
 * @param moves new path by old path
 */
export function renamerOf(
  naming: Naming,
  generated: readonly { readonly path: string; readonly text: string }[],
  moves: ReadonlyMap<string, string>,
): RenameText {
  const emitted = identifiersIn(generated)
  const pattern = patternOf(naming.identifiers)
  const rename = (name: string): string => {
    if (emitted.has(name)) return name
    const renamed = pattern(name)
    return emitted.has(renamed) ? renamed : name
  }
  return (text, from, to) => {
    if (!/\.[cm]?[jt]sx?$/.test(to)) return text
    const path = (specifier: string): string => movedSpecifier(specifier, { from, to, moves })
    return renameTokens(text, { naming, rename, path })
  }
}

function identifiersIn(files: readonly { readonly path: string; readonly text: string }[]) {
  const found = new Set<string>()
  for (const { path, text } of files)
    if (/\.tsx?$/.test(path))
      for (const { type, value } of jsTokens(text)) if (type === 'IdentifierName') found.add(value)
  return found
}

/** Replaces names in an identifier; what only starts with one, as `Postage` with `Post`, is left. */
function patternOf(pairs: readonly NamePair[]): (name: string) => string {
  // The longest first: `PostTag` is no `Post`.
  const sorted = pairs.toSorted((a, b) => b.from.length - a.from.length)
  const parts = sorted.map(({ from, where }) => {
    const end = where === 'whole' ? '$' : '(?![a-z])'
    return `${where === 'part' ? '' : '^'}${from}${end}`
  })
  const to = new Map(sorted.map(({ from, to }) => [from, to]).toReversed() as [string, string][])
  const pattern = new RegExp(parts.join('|') || '(?!)', 'g')
  const bare = new Set(pairs.flatMap(({ from, where }) => (where === 'start' ? [from] : [])))
  // A name such as `post` alone may be anything.
  return (name) => (bare.has(name) ? name : name.replace(pattern, (part) => to.get(part)!))
}

type Renamer = {
  readonly naming: Naming
  rename(name: string): string
  path(specifier: string): string
}

function renameTokens(text: string, { naming, rename, path }: Renamer): string {
  const tokens = [...jsTokens(text)].map(({ type, value }) => ({ type, value }))
  const code = tokens.filter(({ type }) => !/Comment|WhiteSpace|LineTerminator/.test(type))
  for (const [at, token] of code.entries()) {
    const [before, last] = [code[at - 2]?.value, code[at - 1]?.value]
    if (token.type === 'StringLiteral' && isSpecifier(before, last))
      token.value = requoted(token.value, path)
    else if (token.type === 'StringLiteral' && last === '(' && DECLARATION.test(before ?? ''))
      token.value = requoted(
        token.value,
        (model) => naming.models.find(({ from }) => from === model)?.to ?? model,
      )
    else if (token.type === 'IdentifierName') {
      const next = code[at + 2]
      const isDelegate = last === '.' && next !== undefined && OPERATION.test(next.value)
      const delegate = isDelegate ? naming.delegates.get(token.value) : undefined
      token.value =
        delegate ??
        (last === '.' && before === 'Prisma'
          ? prismaType(token.value, naming)
          : rename(token.value))
    }
  }
  return tokens.map(({ value }) => value).join('')
}

/** Changes what a string says, in the quotes that it has. */
const requoted = (literal: string, change: (text: string) => string): string =>
  literal.replace(/^(['"])(.*)\1$/, (_, quote: string, text: string) =>
    [quote, change(text), quote].join(''),
  )

/** `from '…'`, `import '…'`, `import('…')`, `vi.mock('…')` */
const isSpecifier = (before: string | undefined, last: string | undefined): boolean =>
  last === 'from' ||
  last === 'import' ||
  (last === '(' && ['import', 'require', 'mock'].includes(before ?? ''))

/** `PostWhereInput` → `ArticleWhereInput` */
function prismaType(name: string, { models, types }: Naming): string {
  const startsWith = (model: string): boolean =>
    name === model || (name.startsWith(model) && /^[A-Z]/.test(name.slice(model.length)))
  const found = models
    .filter(({ from }) => startsWith(from))
    .toSorted((a, b) => b.from.length - a.from.length)[0]
  if (found === undefined) return name
  const other = types.some((type) => type.length > found.from.length && startsWith(type))
  return other ? name : found.to + name.slice(found.from.length)
}
