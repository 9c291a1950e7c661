import type { Edit } from '../support/app-edits.js'
import type { Caller } from './app.js'
import type { Person } from './oracle.js'
import type { Row } from './scene.js'
import { PEOPLE } from './world.js'

type Attack = {
  /** Of the catalogue that `test/attacks` names: `A2` reads through a relation, `B15` writes through one, … */
  readonly id: string
  readonly name: string
  /** @returns true when the attacker got what he wanted */
  readonly succeeds: (caller: Caller) => Promise<boolean>
  /** With the defence off the attack must succeed, else it proves nothing. */
  readonly defenceOff: readonly Edit[]
}

const as = (name: string): Person => PEOPLE.find((who) => who?.name === name)!
const member = as('a member')
const owner = as('an owner with levels')
const loner = as('one without an organisation')

const edit = (file: string, find: string, replace: string): Edit => ({
  file: `src/policies/${file}.ts`,
  find,
  replace,
})

const filtersAsTheyAre = edit(
  'filter',
  'if (!field || !isRelation(field)) return [{ [name]: condition }]',
  'return [{ [name]: condition }]',
)
const unchecked = [
  edit('steps', 'if (!allowed.has(keyText(meta, row))) throw', 'if (false) throw'),
  edit('steps', 'if (!(await isAllowed(access, meta, row, asked))) throw', 'if (false) throw'),
]
const anyTarget = edit(
  'foreign-keys',
  'if ((await tableOf(access, model).count({ where })) === 0) throw relatedMissing()',
  'await tableOf(access, model).count({ where })',
)

/** Rows of a list. */
const listed = async (caller: Caller, who: Person | null, path: string): Promise<readonly Row[]> =>
  ((await caller.send(who, 'GET', `/api/${path}`)).body.data ?? []) as Row[]

const row = async (caller: Caller, model: string, id: number): Promise<Row | undefined> =>
  ((await caller.send(null, 'GET', '/test/dump')).body[model] as Row[]).find(
    (it) => it['id'] === id,
  )

/** Makes a change and looks at the row. */
const changed =
  (who: Person, path: string, body: Row, model: string, id: number, test: (row: Row) => boolean) =>
  async (caller: Caller): Promise<boolean> => {
    await caller.write(who, 'PATCH', `/api/${path}`, body)
    return test((await row(caller, model, id))!)
  }

/** Each way round a policy. */
export const attacks: readonly Attack[] = [
  {
    id: 'A2',
    name: 'learns the name of a row that he may not see by a filter through a relation',
    succeeds: async (caller) =>
      (await listed(caller, loner, 'projects?where[org][is][name][startsWith]=o')).length > 0,
    defenceOff: [filtersAsTheyAre],
  },
  {
    id: 'A2',
    name: 'learns of rows that he may not see by a filter on a list of them',
    succeeds: async (caller) =>
      (await listed(caller, null, 'projects?where[tasks][some][state]=secret')).length > 0,
    defenceOff: [filtersAsTheyAre],
  },
  {
    id: 'A6',
    name: 'counts rows that he may not see',
    succeeds: async (caller) =>
      (await caller.send(null, 'GET', '/api/projects/count')).body.data.count > 2,
    defenceOff: [edit('reads', 'table.count({ where: listed(where) })', 'table.count({ where })')],
  },
  {
    id: 'A6',
    name: 'sorts by a column that he may not read',
    succeeds: async (caller) =>
      (await caller.send(member, 'GET', '/api/projects?orderBy=owner.salary')).status === 200,
    defenceOff: [edit('filter', '  if (!isObject(order)) return\n', '  return\n')],
  },
  {
    id: 'A1',
    name: 'guesses a column that he may not read by a filter',
    succeeds: async (caller) =>
      (await caller.send(member, 'GET', '/api/users?where[salary][gte]=60')).status === 200,
    defenceOff: [
      edit(
        'filter',
        `if (grants.field(meta.name, name, 'read') === true && linked === true) return\n  throw`,
        'return\n  throw',
      ),
    ],
  },
  {
    id: 'A7',
    name: 'learns of a row that he may not see by a cursor',
    succeeds: async (caller) =>
      (await listed(caller, null, 'projects?cursor=6&orderBy=-id')).length > 0,
    defenceOff: [edit('reads', 'if (cursor && !(await isThere(cursor))) return []', '')],
  },
  {
    id: 'A8',
    name: 'has rows that he may not see included in a list',
    succeeds: async (caller) => {
      const [first] = await listed(caller, null, 'projects?include=tasks')
      return (first!['tasks'] as Row[]).length > 0
    },
    defenceOff: [
      edit(
        'shape',
        '...(field.list && rule !== true ? { where: filterOf(field.model, rule) } : {}),',
        '',
      ),
    ],
  },
  {
    id: 'A8',
    name: 'has a row that he may not see included',
    succeeds: async (caller) =>
      Boolean((await caller.send(null, 'GET', '/api/projects/1')).body.data.owner),
    defenceOff: [
      edit(
        'shape',
        `if (allowed.has(identityOf(meta) ? keyText(meta, row[name] as Row) : '')) continue`,
        'continue',
      ),
    ],
  },
  {
    id: 'A9',
    name: 'reads a column of another that he may read of himself only',
    succeeds: async (caller) =>
      (await caller.send(member, 'GET', '/api/users/1')).body.data.salary !== undefined,
    defenceOff: [edit('take-out', 'for (const name of names) delete row[name]', '')],
  },
  {
    id: 'B14',
    name: 'writes a column of his own row that others write',
    succeeds: changed(loner, 'users/4', { salary: 9 }, 'User', 4, ({ salary }) => salary === 9),
    defenceOff: [edit('plan', 'if (rule !== false) return rule\n', 'return true\n')],
  },
  {
    id: 'B15',
    name: 'connects a row that he may not see by a foreign key',
    succeeds: changed(
      member,
      'projects/3',
      { reviewerId: 4 },
      'Project',
      3,
      (it) => it['reviewerId'] === 4,
    ),
    defenceOff: [anyTarget],
  },
  {
    id: 'B15',
    name: 'connects a row that he may not see',
    succeeds: changed(
      member,
      'projects/3',
      { reviewer: { connect: { id: 4 } } },
      'Project',
      3,
      (it) => it['reviewerId'] === 4,
    ),
    defenceOff: [
      anyTarget,
      edit(
        'plan',
        `const where = { ...unique, AND: [filterOf(model, grants.rows(model, 'read'))] }`,
        'const where = unique',
      ),
    ],
  },
  {
    id: 'B15',
    name: 'connects a row that he may see and not change',
    succeeds: changed(
      owner,
      'projects/1',
      { tags: { connect: { id: 3 } } },
      'Project',
      1,
      ({ tags }) => (tags as number[]).includes(3),
    ),
    defenceOff: [
      ...unchecked,
      edit('plan', 'if (!(await isAllowed(access, meta, row, asked))) {', 'if (false) {'),
    ],
  },
  {
    id: 'B16',
    name: 'gives a row away that he may change',
    succeeds: changed(
      owner,
      'projects/1',
      { ownerId: 2 },
      'Project',
      1,
      (it) => it['ownerId'] === 2,
    ),
    defenceOff: unchecked,
  },
  {
    id: 'B16',
    name: 'creates a row for another',
    succeeds: async (caller) => {
      const body = { title: 'forged', ownerId: 2, orgId: 1 }
      return (await caller.write(owner, 'POST', '/api/projects', body)).status < 300
    },
    defenceOff: unchecked,
  },
  {
    id: 'B16',
    name: 'creates a row that is the reason why he may',
    succeeds: async (caller) => {
      const body = { title: 'forged', projectId: 2, assigneeId: 2 }
      return (await caller.write(member, 'POST', '/api/tasks', body)).status < 300
    },
    defenceOff: [edit('steps', 'withoutWitness(rule, meta, row)', 'rule')],
  },
  {
    id: 'B16',
    name: 'creates two rows, each of which is the reason for the other',
    succeeds: async (caller) => {
      const row = { title: 'forged', projectId: 2, assigneeId: 2 }
      return (
        (await caller.write(member, 'POST', '/api/tasks/bulk', { data: [row, row] })).status < 300
      )
    },
    defenceOff: [edit('steps', 'isChange(step) && asksFor', 'isChange(step) && false && asksFor')],
  },
  {
    id: 'B17',
    name: 'changes rows of others along with his own',
    succeeds: changed(
      member,
      'projects/bulk',
      { where: { id: { gte: 0 } }, data: { title: 'mine' } },
      'Project',
      1,
      ({ title }) => title === 'mine',
    ),
    defenceOff: [
      edit('bulk', `const rule = grants.rows(meta.name, 'update')`, 'const rule = true as boolean'),
    ],
  },
  {
    id: 'B17',
    name: 'deletes rows of others',
    succeeds: async (caller) => {
      await caller.write(member, 'DELETE', '/api/tasks/bulk', { where: { id: 3 } })
      return (await row(caller, 'Task', 3)) === undefined
    },
    defenceOff: [
      edit('bulk', `const rule = grants.rows(model, 'delete')`, 'const rule = true as boolean'),
    ],
  },
  {
    id: 'C21',
    name: 'finds every row by a claim that he does not have',
    succeeds: async (caller) => (await listed(caller, loner, 'users')).length > 1,
    defenceOff: [
      edit('claims', 'return value === undefined ? false : rule(value)', 'return rule(value as T)'),
    ],
  },
]
