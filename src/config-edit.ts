import { isDeepStrictEqual } from 'node:util'
import { CONFIG_FILE } from './config-file.js'
import { parseConfig, type ConfigObject, type ConfigValue } from './config-object.js'
import { UserError } from './errors.js'
import { inStyleOf, plain } from './merge/lines.js'
import { insertItem, removeItem, spliced } from './merge/list-edit.js'

type Value = string | boolean | number | readonly Value[] | { readonly [name: string]: Value }

/** One change of what a config says. */
export type ConfigEdit =
  | { readonly kind: 'set'; readonly option: string; readonly value: Value }
  | { readonly kind: 'unset'; readonly option: string }
  /** An element of a list of names comes or goes; one that is there, or is not, already is no change. */
  | { readonly kind: 'add' | 'remove'; readonly option: string; readonly element: string }

type Values = Readonly<Record<string, unknown>>

/**
 * Changes options in the text of a config; every byte that they do not concern stays: comments, order, quotes, line ends.
 * @param text null where there is no config yet
 * @param evaluate runs the text of a config and returns what it exports
 * @returns the new text, which says what was asked for, and nothing else than before in all other options
 * @throws UserError that says what to write by hand where an option is computed or comes from elsewhere
 */
export async function editConfig(
  text: string | null,
  edits: readonly ConfigEdit[],
  evaluate: (text: string) => Promise<object>,
): Promise<string> {
  const start = text ?? EMPTY
  const read = async (script: string): Promise<Values> =>
    comparable(await evaluate(script)) as Values
  const before = await read(start)
  let edited = plain(start)
  let values = before
  for (const edit of edits) {
    const wanted = applied(values, edit)
    if (!isDeepStrictEqual(wanted, values)) edited = await editOne(edited, edit, values, wanted)
    values = wanted
  }
  const result = inStyleOf(start, edited)
  const after = await read(result).catch(() => null)
  if (!isDeepStrictEqual({ ...after }, { ...values })) throw byHand(changed(before, values))
  return result
}

/** Functions, such as phases, are the same where their text is. */
function comparable(value: unknown): unknown {
  if (typeof value === 'function') return String(value)
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, comparable(item)]))
}

const EMPTY = `import { defineConfig } from 'create-ssot-app'

export default defineConfig({})
`

/** What the config has to say after an edit. */
function applied(values: Values, edit: ConfigEdit): Values {
  const { option } = edit
  if (edit.kind === 'set') return { ...values, [option]: edit.value }
  if (edit.kind === 'unset') {
    const { [option]: _, ...rest } = values
    return rest
  }
  const list = (values[option] ?? []) as readonly string[]
  const others = list.filter((element) => element !== edit.element)
  if (edit.kind === 'remove')
    return others.length === list.length ? values : { ...values, [option]: others }
  return { ...values, [option]: list.includes(edit.element) ? list : [...list, edit.element] }
}

async function editOne(
  text: string,
  edit: ConfigEdit,
  values: Values,
  wanted: Values,
): Promise<string> {
  const { option } = edit
  const refuse = (): UserError => byHand(changed(values, wanted))
  const object = await parseConfig(text)
  if (object === null) throw refuse()
  const found = object.options.get(option)
  if (!found) {
    if (option in values || edit.kind === 'unset' || edit.kind === 'remove') throw refuse()
    return insertOption(text, object, option, wanted[option] as Value)
  }
  const { item, value } = found
  if (edit.kind === 'unset') return removeItem(text, object, item)
  if (value.form === 'computed') throw refuse()
  if (edit.kind === 'set')
    return spliced(text, value.offset, value.length, printed(edit.value, quoteOf(text, value)))
  return editList(text, value, edit) ?? fail(refuse())
}

const fail = (error: UserError): never => {
  throw error
}

function insertOption(text: string, object: ConfigObject, option: string, value: Value): string {
  const item = `${option}: ${printed(value, quoteOf(text, null))}`
  const unit = /\n([ \t]+)\S/.exec(text.slice(object.offset))?.[1] ?? '  '
  const last = object.children?.at(-1) ?? null
  return insertItem(text, object, last, {
    item: last ? item : `${item},`,
    unit,
    depth: 1,
    inline: false,
  })
}

/** @returns null where the element is not written down as a text */
function editList(
  text: string,
  value: ConfigValue,
  { kind, element }: Extract<ConfigEdit, { element: string }>,
): string | null {
  if (value.form !== 'list') return null
  const list = { offset: value.offset, length: value.length, children: value.elements }
  const found = value.elements.find((one) => one.text === element)
  if (kind === 'remove') return found ? removeItem(text, list, found) : null
  const [item, last] = [printed(element, quoteOf(text, value)), value.elements.at(-1) ?? null]
  return insertItem(text, list, last, { item, unit: '  ', depth: 2, inline: true })
}

/** The quotes that a value has, or else those that the file begins with. */
const quoteOf = (text: string, value: ConfigValue | null): string =>
  (value && /['"]/.exec(text.slice(value.offset, value.offset + value.length))?.[0]) ??
  /['"]/.exec(text)?.[0] ??
  "'"

function printed(value: Value, quote: string): string {
  if (typeof value === 'string') return quote === "'" ? singleQuoted(value) : JSON.stringify(value)
  if (typeof value !== 'object') return String(value)
  if (isList(value)) return `[${value.map((element) => printed(element, quote)).join(', ')}]`
  const members = Object.entries(value).map(
    ([name, item]) =>
      `${/^[A-Za-z_$][\w$]*$/.test(name) ? name : printed(name, quote)}: ${printed(item, quote)}`,
  )
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const isList = (value: object): value is readonly Value[] => Array.isArray(value)

/** As formatters have it: double quotes where that saves a backslash. */
const singleQuoted = (value: string): string =>
  value.includes("'") && !value.includes('"') ? JSON.stringify(value) : escaped(value)

const escaped = (value: string): string =>
  `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

type Difference = { readonly option: string; readonly value: unknown }

const changed = (before: Values, after: Values): Difference[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((option) => !isDeepStrictEqual(before[option], after[option]))
    .map((option) => ({ option, value: after[option] }))

/** The options that can't be written for the user, with what to write. */
function byHand(differences: readonly Difference[]): UserError {
  const names = differences.map(({ option }) => `'${option}'`).join(', ')
  return new UserError(
    `${names} can't be changed in ${CONFIG_FILE} safely: it is computed there, or comes from elsewhere.`,
    [
      ...differences.map(({ option, value }) =>
        value === undefined
          ? `Take it out by hand: ${option}`
          : `Write by hand: ${option}: ${printed(value as Value, "'")},`,
      ),
      'Then run: ssot generate',
    ],
  )
}
