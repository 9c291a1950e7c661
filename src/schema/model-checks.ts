import type { Argument, Arguments } from './arguments.js'
import type { Check } from './check.js'
import type { Token } from './lexer.js'
import type { AuthKind, Model, ModelAnnotations, PolicyOperation } from './model.js'
import { OwnerProblem, defaultOwner, namedOwner } from './owner.js'
import { checkPolicy, type OwnerOf } from './policy.js'
import type { PolicyExpression } from './policy-ast.js'
import type { Catalog } from './policy-paths.js'
import { columnsFor } from './relation-flags.js'

const AUTH: readonly AuthKind[] = ['JWT', 'Google', 'ApiKey', 'NextAuth', 'public']
const OPERATIONS: readonly PolicyOperation[] = ['read', 'create', 'update', 'delete', 'write', '*']
const SERVICES = [
  'Cloudinary',
  'S3',
  'R2',
  'Stripe',
  'PayPal',
  'SendGrid',
  'Mailgun',
  'OpenAI',
  'Claude',
  'Gemini',
  'Deepgram',
  'ElevenLabs',
]
const SUBSCRIPTIONS = ['list', 'item'] as const
const BROADCASTS = ['created', 'updated', 'deleted'] as const
const WEIGHTS = ['A', 'B', 'C', 'D']

export function checkAuth(check: Check, args: Arguments): ModelAnnotations['auth'][number] | null {
  check.onlyNamed(args.named, [])
  if (args.positional.length === 0)
    return check.fail(`It says who must be signed in: one or more of ${AUTH.join(', ')}.`)
  const kinds = words(check, args.positional, AUTH, 'way to sign in')
  if (kinds.includes('public') && kinds.length > 1)
    return check.fail(
      'public lets everyone in, so nothing can stand beside it.',
      check.found,
      '@@auth(public)',
    )
  return { kinds, at: check.at }
}

export function checkPolicyAnnotation(
  check: Check,
  args: Arguments,
  model: Model,
  catalog: Catalog,
): ModelAnnotations['policies'][number] | null {
  check.onlyNamed(args.named, ['rule', 'fields', 'owner'])
  if (args.positional.length === 0)
    return check.fail(`It names the operations first: one or more of ${OPERATIONS.join(', ')}.`)
  const operations = words(check, args.positional, OPERATIONS, 'operation')
  const listed = args.named.get('fields')
  const fields = listed === undefined ? [] : check.fields(listed, model).map(({ name }) => name)
  if (listed !== undefined) checkFieldRule(check, listed, model, operations)
  const rule = args.named.get('rule')
  const [text] = rule?.tokens ?? []
  if (rule === undefined) return check.fail('It needs a rule: rule: "isAuthenticated".')
  if (text?.kind !== 'string' || Array.isArray(rule.value))
    return check.fail('The rule stands in quotes.', rule, JSON.stringify(check.text(rule)))
  const { expression, owner } = checkRule(check, text, args.named.get('owner'), model, catalog)
  return { operations, rule: text.text, expression, fields, owner, at: check.at }
}

/** A field is not deleted, and what a row is found by is read with it. */
function checkFieldRule(
  check: Check,
  listed: Argument,
  model: Model,
  operations: readonly PolicyOperation[],
): void {
  if (operations.length === 1 && operations[0] === 'delete')
    check.fail('Rows are deleted, not fields: leave fields out.', listed)
  if (!operations.includes('read') && !operations.includes('*')) return
  if (model.key === null)
    check.fail(
      `${model.name} has no key to find its rows by, so none of its fields can have a rule for reading.`,
      listed,
    )
  for (const token of listed.tokens) {
    const found = columnsFor(model, token.text).find((name) => model.key?.fields.includes(name))
    if (found !== undefined)
      check.fail(
        `${found} is what a row of ${model.name} is found by: it is read with the row.`,
        token,
      )
  }
}

function checkRule(
  check: Check,
  text: Token,
  named: Argument | undefined,
  model: Model,
  catalog: Catalog,
): { expression: PolicyExpression; owner: string | null } {
  let owner = named === undefined ? null : check.attempt(() => namedOwner(named, model, catalog))
  const ownerOf: OwnerOf = (place) => {
    // A named owner that is wrong was reported where it is named.
    if (named === undefined) owner = defaultOwner(model, catalog, place)
    return owner ?? []
  }
  const { expression, problems } = checkPolicy(text.text, model, catalog, ownerOf)
  const last = text.end - 1
  for (const problem of problems) {
    const { message, start, end, replacement } = problem
    const from = text.places![start] ?? last
    const to = end > start ? (text.places![end - 1] ?? last - 1) + 1 : from
    const right =
      problem instanceof OwnerProblem ? { append: `, owner: "${problem.owner}"` } : replacement
    check.fail(message, { start: from, end: to }, right)
  }
  return { expression, owner: owner?.join('.') ?? null }
}

export function checkService(
  check: Check,
  args: Arguments,
): ModelAnnotations['services'][number] | null {
  const [provider, ...more] = args.positional
  if (provider === undefined)
    return check.fail(`It names a provider: one of ${SERVICES.join(', ')}.`)
  if (more.length > 0)
    return check.fail('It takes one provider; write one @@service for each.', more[0]!)
  const [name] = words(check, [provider], SERVICES, 'service')
  const options = [...args.named].map(([key, { value }]) => [key, value] as const)
  return { provider: name ?? '', options: Object.fromEntries(options), at: check.at }
}

export function checkRealtime(check: Check, args: Arguments): ModelAnnotations['realtime'] {
  check.onlyNamed(args.named, ['subscribe', 'broadcast'])
  if (args.positional.length > 0)
    return check.fail(
      'Its arguments have names: subscribe: […], broadcast: […].',
      args.positional[0]!,
    )
  const list = <T extends string>(name: string, known: readonly T[]): readonly T[] => {
    const argument = args.named.get(name)
    return argument === undefined ? known : words(check, [argument], known, `value of ${name}`)
  }
  return {
    subscribe: list('subscribe', SUBSCRIPTIONS),
    broadcast: list('broadcast', BROADCASTS),
    at: check.at,
  }
}

export function checkSearch(
  check: Check,
  args: Arguments,
  model: Model,
): ModelAnnotations['search'] {
  check.onlyNamed(args.named, ['fields', 'weights'])
  const listed = args.named.get('fields')
  if (listed === undefined || args.positional.length > 0)
    return check.fail('It names the fields to search: fields: [title, body].')
  if (Array.isArray(listed.value) && listed.value.length === 0)
    return check.fail('It needs at least one field.', listed)
  const fields = check.fields(listed, model)
  for (const field of fields) {
    const token = listed.tokens.find(({ text }) => text === field.name)!
    if (field.kind !== 'scalar' || field.type !== 'String' || field.list)
      check.fail(`${field.name} is not a String, so it can't be searched.`, token)
  }
  const weights = checkWeights(check, args.named.get('weights'), listed.tokens.length)
  return { fields: fields.map(({ name }) => name), weights, at: check.at }
}

function checkWeights(
  check: Check,
  argument: Argument | undefined,
  count: number,
): (string | number)[] {
  if (argument === undefined) return []
  if (!Array.isArray(argument.value) || argument.value.length !== count) {
    check.fail(`weights is a list with one value for each of the ${count} fields.`, argument)
    return []
  }
  return argument.tokens.flatMap((token): (string | number)[] => {
    if (token.kind === 'number' && Number(token.text) > 0) return [Number(token.text)]
    const weight = check.word(token, WEIGHTS, 'weight (nor a positive number)')
    return weight === null ? [] : [weight]
  })
}

/** The words of arguments, each one of a list; `a | b`, `a, b` and `[a, b]` are the same. */
function words<T extends string>(
  check: Check,
  args: readonly Argument[],
  known: readonly T[],
  what: string,
): T[] {
  return args
    .flatMap(({ tokens }) => tokens)
    .flatMap((token) => {
      const word = check.word(token, known, what)
      return word === null ? [] : [word]
    })
}
