import type { Edit } from '../support/app-edits.js'

const policies = (name: string, find: string, replace: string): Edit => ({
  file: `src/policies/${name}.ts`,
  find,
  replace,
})

/** Mistakes in who may do what. */
export const access: readonly Edit[] = [
  policies('filter', 'return rule ? { NOT: never } : never', 'return rule ? { NOT: never } : {}'),
  policies('filter', '    : allOf(rule, visibleWhere(', '    : allOf(true, visibleWhere('),
  policies('filter', "read') === true && linked === true) return", "read') === true) return"),
  policies(
    'filter',
    ': { [name]: { [operator]: { AND: [visible, where] } } }',
    ': { [name]: { [operator]: where } }',
  ),
  policies(
    'filter',
    '? { [name]: { none: { AND: [visible, { NOT: where }] } } }',
    '? { [name]: { none: { NOT: where } } }',
  ),
  policies(
    'filter',
    "(operator === 'is') === (operand !== null) ? found",
    "operator === 'is' ? found",
  ),
  policies('filter', "if (grants.rows(field.model, 'read') !== true) {", 'if (false) {'),
  policies('reads', 'if (cursor && !(await isThere(cursor))) return []', ''),
  policies('reads', 'return { ...unique, AND: [filterOf(meta.name, rule())] }', 'return unique'),
  policies('reads', 'table.count({ where: listed(where) })', 'table.count({ where: where ?? {} })'),
  policies(
    'grants',
    'isAdmitted(policy, user) && policy[operation](user)',
    'policy[operation](user)',
  ),
  policies(
    'plan',
    "const asked = allOf(rule, fieldRule(access, meta, names, 'update'))",
    'const asked = rule',
  ),
  policies('plan', 'if (fields.some((key) => written.has(key))) written.add(name)', ''),
  policies('plan', "AND: [filterOf(model, grants.rows(model, 'read'))] }", 'AND: [] }'),
  policies('create', "if (rule === false) throw grants.refusal(meta.name, 'create')", ''),
  policies('create', "allOf(rule, fieldRule(plan.access, meta, names, 'create'))", 'rule'),
  policies('update', 'AND: [filterOf(meta.name, rule)] }', 'AND: [] }'),
  policies('steps', '  await askAlone(access, steps)\n  const done', '  const done'),
  policies('steps', '  await askAll(access, done)\n  return done', '  return done'),
  policies('steps', 'isNewcomer(step, row) ? withoutWitness(rule, meta, row) : rule', 'rule'),
  policies('steps', 'if (!allowed.has(keyText(meta, row))) throw refusal(access, step)', ''),
  policies('foreign-keys', 'if (fields.every(stays)) continue', 'if (fields.some(stays)) continue'),
  policies(
    'foreign-keys',
    'if (fields.some(isOpen)) open.push(relation)',
    'if (fields.some(isOpen)) continue',
  ),
  policies('foreign-keys', '=== 0) throw relatedMissing()', '=== -1) throw relatedMissing()'),
  policies(
    'links',
    'for (const row of [...connect, ...disconnect]) await change(plan, meta, row, [relation.inverse])',
    '',
  ),
  policies('links', 'return rows.filter((row) => !kept.has(keyText(meta, row)))', 'return rows'),
  policies('bulk', 'refusePartOfKey(access, meta, data)\n  return', '  return'),
  policies('bulk', 'if (await isAllowed(inside, meta, row, asked)) continue', 'continue'),
  policies(
    'permissions',
    'if (allowed.length === 0) return nobody',
    'if (allowed.length === 0) return rule',
  ),
  policies(
    'writes',
    "if (!(await isAllowed(access, meta, row, grants.rows(meta.name, 'delete')))) {",
    'if (false) {',
  ),
  policies(
    'claims',
    'return value === undefined ? false : rule(value)',
    'return rule(value as never)',
  ),
  policies('take-out', 'for (const name of names) delete row[name]', 'void names'),
  policies('one-statement', 'return [condition].flat().some(holds)', 'return true'),
  policies('one-statement', 'return [condition].flat().every(holds)', 'return true'),
  policies('one-statement', '    !deciding?.has(name) &&\n', ''),
  policies('one-statement', '    !isLink(meta, name) &&\n', ''),
  policies(
    'one-statement',
    "    grants.field(meta.name, name, 'update') === true\n",
    '    name !== undefined\n',
  ),
  policies(
    'one-statement',
    "grants.field(meta.name, name, 'read') === true)\n",
    'name !== undefined)\n',
  ),
  policies('one-statement', '  return isCertain(rule, target)\n', '  return target !== null\n'),
  policies('one-statement', "isCode(error, 'P2003') ? relatedMissing() : error", 'error'),
  policies('one-statement', 'isCertain(read, fixedBy(rule)) ? rule : allOf(read, rule)', 'rule'),
  policies('one-statement', "    fieldRule(access, meta, names, 'create'),\n", ''),
  policies(
    'steps',
    'keyText(meta, before, [key]) !== keyText(meta, row, [key])',
    'meta.name === key',
  ),
]
