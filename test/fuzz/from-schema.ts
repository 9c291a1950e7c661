import * as fc from 'fast-check'
import type { Node } from '../support/openapi-ajv.js'
import { at } from './operations.js'

/** Members of an object that are chosen beside the required ones. */
const MEMBERS = 3
/** Schemas that refer to others: deeper than this only what must be there is made. */
const DEPTH = 3

/** Makes values that a JSON schema of an OpenAPI document allows. */
export class FromSchema {
  private readonly made = new Map<string, fc.Arbitrary<unknown>>()

  /** @param words texts that stand in rows, so that something is found and referred to */
  constructor(
    private readonly document: Node,
    private readonly words: readonly string[],
  ) {}

  /** @param depth references that have been followed to here */
  of(node: Node, depth = 0): fc.Arbitrary<unknown> {
    if (node.$ref !== undefined) return this.referred(node.$ref, depth + 1)
    if (node.const !== undefined) return fc.constant(node.const)
    if (node.enum) return fc.constantFrom(...node.enum)
    const choices: Node[] | undefined = node.anyOf ?? node.oneOf
    if (choices) return fc.oneof(...choices.map((choice) => this.of(choice, depth)))
    if (Array.isArray(node.type))
      return fc.oneof(...node.type.map((type: string) => this.of({ ...node, type }, depth)))
    return this.ofType(node, depth)
  }

  private referred(reference: string, depth: number): fc.Arbitrary<unknown> {
    const key = `${Math.min(depth, DEPTH)} ${reference}`
    const known = this.made.get(key)
    if (known) return known
    // Schemas refer to themselves: what is below is made when it is asked for.
    const later = fc.constant(null).chain(() => this.of(at(this.document, reference), depth))
    this.made.set(key, later)
    return later
  }

  private ofType(node: Node, depth: number): fc.Arbitrary<unknown> {
    switch (node.type) {
      case 'object':
        return this.object(node, depth)
      case 'array': {
        const { minItems = 0, maxItems = 100 } = node
        const most = depth >= DEPTH ? minItems : Math.max(minItems, Math.min(maxItems, 3))
        return fc.array(this.of(node.items, depth), { minLength: minItems, maxLength: most })
      }
      case 'string':
        return this.text(node)
      case 'integer':
        return integer(node)
      case 'number':
        return fc.oneof(
          fc.integer({ min: -9, max: 9 }),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        )
      case 'boolean':
        return fc.boolean()
      case 'null':
        return fc.constant(null)
      default:
        return fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(...this.words))
    }
  }

  private object(node: Node, depth: number): fc.Arbitrary<unknown> {
    const properties: Record<string, Node> = node.properties ?? {}
    const required = new Set<string>(node.required ?? [])
    const optional = Object.keys(properties).filter((name) => !required.has(name))
    const flat = optional.filter((name) => this.isFlat(properties[name]))
    const all = depth < DEPTH ? optional : flat
    const chosen = fc.oneof(members(flat, node, depth), members(all, node, depth))
    return fc.tuple(chosen, fc.nat(9)).chain(([names, chance]) => {
      const wanted = new Set([...required, ...names])
      if (chance > 0) chooseKeys(properties, wanted)
      const members = [...wanted].map((name) => [name, this.of(properties[name]!, depth)] as const)
      return fc.record(Object.fromEntries(members))
    })
  }

  /** Nothing in it refers to anything else. */
  private isFlat(node: Node): boolean {
    const inner = node.$ref === undefined ? node : at(this.document, node.$ref)
    return !JSON.stringify(inner).includes('"$ref"')
  }

  private text(node: Node): fc.Arbitrary<string> {
    if (node.format === 'date-time') return date.map((day) => day.toISOString())
    if (node.format === 'date') return date.map((day) => day.toISOString().slice(0, 10))
    if (node.format === 'time') return date.map((day) => day.toISOString().slice(11))
    if (node.format === 'uuid') return fc.uuid()
    if (node.contentEncoding === 'base64')
      return fc.oneof(
        fc.constantFrom('AQ==', 'AAEC/w==', ''),
        fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      )
    if (node.pattern !== undefined) {
      const pattern = new RegExp(node.pattern)
      const matching = fc.stringMatching(pattern, { size: 'small' })
      const digits = [...'0123456789'].filter((digit) => pattern.test(digit))
      return digits.length === 0 ? matching : fc.oneof(fc.constantFrom(...digits), matching)
    }
    const { minLength = 0, maxLength = 12 } = node
    const fits = (text: string): boolean => text.length >= minLength && text.length <= maxLength
    const free = fc.string({
      unit: 'grapheme',
      minLength,
      maxLength: Math.max(minLength, Math.min(maxLength, 12)),
    })
    const words = this.words.filter(fits)
    if (words.length === 0) return free
    return fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...words) },
      { weight: 1, arbitrary: free },
    )
  }
}

/** Some of the optional members. An object with nothing in it is mostly refused, also where a schema allows it. */
function members(
  names: readonly string[],
  { required = [], minProperties = 0, maxProperties = names.length }: Node,
  depth: number,
): fc.Arbitrary<string[]> {
  const needed = Math.max(required.length === 0 ? 1 : 0, minProperties - required.length)
  const least = Math.min(needed, names.length)
  const most = Math.min(depth < DEPTH ? MEMBERS : 1, maxProperties, names.length)
  return fc.subarray([...names], { minLength: least, maxLength: Math.max(least, most) })
}

/** Where the document says that one member stands for another, mostly just one of them is taken. */
function chooseKeys(properties: Readonly<Record<string, Node>>, wanted: Set<string>): void {
  for (const [name, { description = '' }] of Object.entries(properties)) {
    const other = /^Give this or `(\w+)`/.exec(description)?.[1]
    if (other === undefined) continue
    if (!wanted.has(other)) wanted.add(name)
    else wanted.delete(name)
  }
}

const date = fc.oneof(
  fc.constantFrom(new Date('2026-01-01T00:00:00Z'), new Date('2026-01-02T00:00:00Z')),
  fc.date({
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
    noInvalidDate: true,
  }),
)

function integer({ minimum = -(2 ** 53) + 1, maximum = 2 ** 53 - 1 }: Node): fc.Arbitrary<number> {
  const between = (low: number, high: number): fc.Arbitrary<number> =>
    fc.integer({
      min: Math.max(minimum, Math.min(low, maximum)),
      max: Math.min(maximum, Math.max(high, minimum)),
    })
  return fc.oneof(
    { weight: 6, arbitrary: between(1, 3) },
    { weight: 3, arbitrary: between(0, 9) },
    { weight: 1, arbitrary: fc.constantFrom<number>(minimum, maximum) },
    { weight: 1, arbitrary: fc.integer({ min: minimum, max: maximum }) },
  )
}
