import type { Expression, ObjectExpression, Program, PropertyKey } from 'oxc-parser'
import { CONFIG_FILE } from './config-file.js'
import type { List, Span } from './merge/list-edit.js'

/** The value of an option as it is written. */
export type ConfigValue = Span & {
  readonly form: 'text' | 'literal' | 'list' | 'object' | 'computed'
  /** Of a list: its elements; null for one that is no plain text. */
  readonly elements: readonly (Span & { readonly text: string | null })[]
}

/** The object that `ssot.config.ts` exports, as it is written. */
export type ConfigObject = List & {
  /** Options by name; of one that is there twice, the last. */
  readonly options: ReadonlyMap<string, { readonly item: Span; readonly value: ConfigValue }>
}

/**
 * Finds the object that a config exports: plain, in a call of `defineConfig`, typed, or by the name of a constant.
 * @param text with plain line feeds and no byte order mark
 * @returns null where the text cannot be parsed, or what it exports is no object that is written down
 */
export async function parseConfig(text: string): Promise<ConfigObject | null> {
  const { parseSync } = await import('oxc-parser')
  const { program, errors } = parseSync(CONFIG_FILE, text)
  if (errors.some(({ severity }) => severity === 'Error')) return null
  const exported = program.body.find((node) => node.type === 'ExportDefaultDeclaration')
  const object = exported && objectOf(exported.declaration as Expression, program)
  return object ? configObject(object) : null
}

function objectOf(written: Expression, program: Program): ObjectExpression | null {
  const node = bare(written)
  switch (node.type) {
    case 'ObjectExpression':
      return node
    case 'CallExpression': {
      const [argument, ...more] = node.arguments
      if (argument === undefined || argument.type === 'SpreadElement' || more.length > 0)
        return null
      return node.callee.type === 'Identifier' && node.callee.name === 'defineConfig'
        ? objectOf(argument, program)
        : null
    }
    case 'Identifier': {
      const value = constantNamed(node.name, program)
      return value && bare(value).type !== 'Identifier' ? objectOf(value, program) : null
    }
    default:
      return null
  }
}

function constantNamed(name: string, { body }: Program): Expression | null {
  for (const node of body) {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'const') continue
    for (const { id, init } of node.declarations)
      if (id.type === 'Identifier' && id.name === name) return init
  }
  return null
}

/** An expression without the types and parentheses around it. */
function bare(node: Expression): Expression {
  switch (node.type) {
    case 'TSSatisfiesExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ParenthesizedExpression':
      return bare(node.expression)
    default:
      return node
  }
}

function configObject(object: ObjectExpression): ConfigObject {
  const options = new Map<string, { item: Span; value: ConfigValue }>()
  const children = object.properties.map((property): Span => {
    const item = spanOf(property)
    const name = property.type === 'Property' && !property.computed ? nameOf(property.key) : null
    if (property.type === 'Property' && name !== null)
      options.set(name, { item, value: valueOf(property.value) })
    return item
  })
  return { ...spanOf(object), children, options }
}

const nameOf = (key: PropertyKey): string | null =>
  key.type === 'Identifier'
    ? key.name
    : key.type === 'Literal' && typeof key.value === 'string'
      ? key.value
      : null

function valueOf(written: Expression): ConfigValue {
  const node = bare(written)
  const span = spanOf(node)
  if (textOf(node) !== null) return { ...span, form: 'text', elements: [] }
  if (node.type === 'ArrayExpression') {
    const elements = node.elements.map((element) => ({
      ...(element ? spanOf(element) : span),
      text: element && element.type !== 'SpreadElement' ? textOf(bare(element)) : null,
    }))
    return { ...span, form: 'list', elements }
  }
  const isLiteral =
    node.type === 'Literal' || (node.type === 'UnaryExpression' && node.argument.type === 'Literal')
  const form = isLiteral ? 'literal' : isPlainObject(node) ? 'object' : 'computed'
  return { ...span, form, elements: [] }
}

/** An object that says what it holds: no name, no value and no spread is computed. */
function isPlainObject(node: Expression): boolean {
  if (node.type !== 'ObjectExpression') return false
  return node.properties.every((property) => {
    if (property.type !== 'Property' || property.computed || nameOf(property.key) === null)
      return false
    const { form, elements } = valueOf(property.value)
    return form !== 'computed' && elements.every(({ text }) => text !== null)
  })
}

function textOf(node: Expression): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null
  if (node.type !== 'TemplateLiteral' || node.expressions.length > 0) return null
  return node.quasis[0]!.value.cooked
}

const spanOf = ({ start, end }: { readonly start: number; readonly end: number }): Span => ({
  offset: start,
  length: end - start,
})
