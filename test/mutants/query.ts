import type { Edit } from '../support/app-edits.js'

const http = (name: string, find: string, replace: string): Edit => ({
  file: `src/http/${name}.ts`,
  find,
  replace,
})

/** Mistakes in how a query is read: filters, order, pages, selection, values. */
export const query: readonly Edit[] = [
  http('where', "name === 'AND' || name === 'OR' ||", "name === 'AND' ||"),
  http('where', 'if (depth >= MAX_DEPTH)', 'if (depth > MAX_DEPTH)'),
  http('where', 'const read = field.list ? readToMany : readToOne', 'const read = readToOne'),
  http('where', "const any = operator !== 'every' && ", 'const any = '),
  http('where', 'read[operator] = any ? {} : readNode', 'read[operator] = readNode'),
  http(
    'where',
    "if (operator !== 'some' && operator !== 'every' && operator !== 'none')",
    "if (operator !== 'some' && operator !== 'every')",
  ),
  http('where', "name === 'is' || name === 'isNot'", "name === 'is'"),
  http('where', 'if (field.nullable) return null', 'return null'),
  http(
    'where',
    "if (value.length === 0) throw invalid(path, 'Expected at least one",
    "if (value.length < 0) throw invalid(path, 'Expected at least one",
  ),
  http(
    'operators',
    "const EQUALITY = ['equals', 'not', 'in', 'notIn']",
    "const EQUALITY = ['equals', 'not', 'in']",
  ),
  http('operators', '? { NOT: readOperators(name', '? { ...readOperators(name'),
  http(
    'operators',
    ': { [name]: { not: readOperand(field',
    ': { [name]: { equals: readOperand(field',
  ),
  http('operators', "Boolean: ['equals', 'not'],", 'Boolean: ORDER,'),
  http('operators', '|| values.length > MAX_VALUES)', ')'),
  http(
    'operators',
    'if (field.nullable && isNull(operand, reading)) return null',
    'if (isNull(operand, reading)) return null',
  ),
  http(
    'operators',
    "const values = text && typeof operand === 'string' ? operand.split(',') : operand",
    'const values = operand',
  ),
  http(
    'operators',
    "if (operators.length === 0) throw invalid(path, `'${name}' can't be filtered by.`)",
    '',
  ),
  http('reading', 'if (reading.conditions.left < 0)', 'if (reading.conditions.left < -50)'),
  http(
    'reading',
    "if (members.length === 0) throw invalid(path, 'Expected an object",
    "if (members.length < 0) throw invalid(path, 'Expected an object",
  ),
  http('reading', "value === null || (text && value === 'null')", 'value === null'),
  http('text-operators', "text.replaceAll(/[%_\\\\]/g, '\\\\$&')", 'text'),
  http('text-operators', 'if (part.length > MAX_PATTERN)', 'if (part.length < 0)'),
  http('order', 'if (seen.has(path)) throw', 'if (false) throw'),
  http(
    'order',
    "const sort = descending ? 'desc' : 'asc'",
    "const sort = descending ? 'asc' : 'desc'",
  ),
  http('order', '.filter(({ column }) => !seen.has(column))]', '.slice(0, 0)]'),
  http('order', '!isRelation(field) || field.list)', '!isRelation(field))'),
  http('order', 'if (!isSortable(field)) throw', 'if (false) throw'),
  http('query', 'skip: skip + 1, take }', 'skip, take }'),
  http('query', 'const take = args.take + 1', 'const take = args.take'),
  http('query', 'if (known.includes(name)) continue', 'continue'),
  http('query', 'Number(count) <= max)', 'Number(count) <= max + 1)'),
  http('after', 'return sort.descending ? [...further, ...empty] : further', 'return further'),
  http(
    'after',
    'if (value === null) return sort.descending ? [] : [{ NOT: { OR: empty } }]',
    'if (value === null) return []',
  ),
  http(
    'after',
    "return [{ [descending ? 'lt' : 'gt']: value }]",
    "return [{ [descending ? 'lte' : 'gte']: value }]",
  ),
  http(
    'after',
    'return value === descending ? [{ equals: !value }] : []',
    'return [{ equals: !value }]',
  ),
  http('id', 'parts.length !== fields.length)', 'parts.length < fields.length)'),
  http('selection', 'if (budget.left < 0) throw', 'if (budget.left < -1e9) throw'),
  http(
    'selection',
    'field.list ? { take: MAX_INCLUDED, orderBy: keyOrder(field.model) }',
    'field.list ? { take: MAX_INCLUDED }',
  ),
  http('selection', 'if (include !== undefined && select !== undefined)', 'if (false)'),
  http('selection', 'visibleKey(modelMeta(model)))', '[])'),
  http('lookup', 'if (!field || !isVisible(field)) throw invalid', 'if (!field) throw invalid'),
  http(
    'lookup',
    'Object.hasOwn(meta.fields, name) ? meta.fields[name] : undefined',
    'meta.fields[name]',
  ),
  http('values', "!text.includes('\\0') && ", ''),
  http(
    'values',
    'const INT32 = { min: -(2 ** 31), max: 2 ** 31 - 1 }',
    'const INT32 = { min: -(2 ** 31), max: 2 ** 31 }',
  ),
  http('values', 'value >= BigInt(min) && value <= BigInt(max)', 'value >= BigInt(min)'),
  http('values', 'levels > 0 &&', 'levels > -1000 &&'),
  http('query-string', 'allowPrototypes: true,', ''),
  http('query-string', "if (!key.endsWith('[]') && seen.has(key)) throw", 'if (false) throw'),
]
