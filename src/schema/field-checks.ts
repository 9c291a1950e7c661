import type { Arguments } from './arguments.js'
import type { Check } from './check.js'
import type { FieldAnnotations } from './model.js'

/** `@hidden`, `@hidden(true)`, `@hidden(false)`: null where it is malformed. */
export function checkHidden(check: Check, args: Arguments): boolean | null {
  check.onlyNamed(args.named, [])
  const [argument, ...more] = args.positional
  if (argument === undefined) return true
  if (more.length > 0 || typeof argument.value !== 'boolean' || argument.tokens[0]?.kind !== 'name')
    return check.fail('It takes true or false, or nothing.', argument, 'true')
  return argument.value
}

export function checkFlag(check: Check, args: Arguments): true | null {
  const [first] = [...args.positional, ...args.named.values()]
  return first === undefined
    ? true
    : check.fail('It takes no arguments.', check.found, `@${check.name}`)
}

export function checkLabel(check: Check, args: Arguments): string | null {
  const [argument, ...more] = args.positional
  check.onlyNamed(args.named, [])
  if (argument === undefined) return check.fail('It needs a text in quotes.')
  if (more.length > 0) return check.fail('It takes one text.', more[0]!)
  if (argument.tokens[0]?.kind !== 'string' || typeof argument.value !== 'string')
    return check.fail('The text stands in quotes.', argument, JSON.stringify(check.text(argument)))
  return argument.value.trim() === '' ? check.fail('The text is empty.', argument) : argument.value
}

export function checkUi(check: Check, args: Arguments): FieldAnnotations['ui'] {
  const [first] = args.positional
  if (first !== undefined)
    return check.fail('Its arguments have names.', first, `widget: ${check.text(first)}`)
  if (args.named.size === 0) return check.fail('It needs a widget: widget: textarea.')
  return Object.fromEntries([...args.named].map(([key, { value }]) => [key, value]))
}
