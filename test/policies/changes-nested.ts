import type { Change, Step } from './change.js'
import type { Oracle } from './oracle.js'
import type { Row } from './scene.js'

/** Writes along with a row: at the other end of a relation, too, it is a row that changes. */
export function nested(oracle: Oracle, model: string): readonly Change[] {
  switch (model) {
    case 'Project':
      return oracle
        .rows(model)
        .flatMap((row) => [
          ...oracle.rows('Tag').flatMap((tag) => tagging(oracle, row, tag)),
          ...[1, 3].map((id) => owner(oracle, row, id)),
          newTask(oracle, row),
        ])
    case 'Tag':
      return oracle.rows(model).flatMap((tag) =>
        oracle.rows('Project').map((row) => ({
          ...connecting(oracle, row, tag),
          path: oracle.pathOf('Tag', tag),
          body: { projects: { connect: { id: row['id'] } } },
          reached: [['Project', row] as const],
          steps: [
            linked('Tag', tag, ['projects']),
            linked('Project', row, ['tags'], tagged(row, tag)),
          ],
        })),
      )
    case 'User':
      return oracle
        .rows(model)
        .flatMap((boss) => [
          ...oracle.rows(model).map((other) => hire(oracle, boss, other)),
          dismiss(oracle, boss),
        ])
    case 'Org':
      return [1, 2, 4].map((userId) => founding(oracle, userId))
    default:
      return []
  }
}

const linked = (model: string, row: Row, fields: readonly string[], after = row): Step => ({
  model,
  before: row,
  after,
  fields,
})

const tagsOf = (row: Row): readonly number[] => row['tags'] as number[]

const tagged = (row: Row, tag: Row): Row => ({
  ...row,
  tags: [...new Set([...tagsOf(row), tag['id'] as number])].sort(),
})

const connecting = (oracle: Oracle, row: Row, tag: Row): Change => ({
  method: 'PATCH',
  path: oracle.pathOf('Project', row),
  body: { tags: { connect: [{ id: tag['id'] }] } },
  reached: [['Tag', tag]],
  steps: [linked('Project', row, ['tags'], tagged(row, tag)), linked('Tag', tag, ['projects'])],
})

function tagging(oracle: Oracle, row: Row, tag: Row): readonly Change[] {
  const seen = oracle
    .related('Project', row, 'tags')
    .filter((it) => oracle.allows('Tag', 'read', it))
  const hidden = tagsOf(row).filter((id) => !seen.some((it) => it['id'] === id))
  const touched = seen.filter((it) => it === tag)
  const cut = seen.filter((it) => it !== tag)
  const without = {
    ...row,
    tags: tagsOf(row).filter((id) => !touched.some((it) => it['id'] === id)),
  }
  const set = { ...row, tags: [...hidden, tag['id'] as number].sort() }
  const end = (it: Row): Step => linked('Tag', it, ['projects'])
  return [
    connecting(oracle, row, tag),
    {
      ...{ method: 'PATCH', path: oracle.pathOf('Project', row) },
      body: { tags: { disconnect: [{ id: tag['id'] }] } },
      steps: [linked('Project', row, ['tags'], without), ...touched.map(end)],
    },
    {
      ...{ method: 'PATCH', path: oracle.pathOf('Project', row) },
      body: { tags: { set: [{ id: tag['id'] }] } },
      reached: [['Tag', tag]],
      steps: [linked('Project', row, ['tags'], set), ...[...cut, tag].map(end)],
    },
  ]
}

/** The same as writing the foreign key. */
function owner(oracle: Oracle, row: Row, id: number): Change {
  const target = oracle.rows('User').find((it) => it['id'] === id)
  return {
    ...{
      method: 'PATCH',
      path: oracle.pathOf('Project', row),
      body: { owner: { connect: { id } } },
    },
    reached: [['User', target]],
    steps: [linked('Project', row, ['owner', 'ownerId'], { ...row, ownerId: id })],
  }
}

function newTask(oracle: Oracle, row: Row): Change {
  const task = { id: 50, title: 'new', done: false, hours: null, limit: null, state: 'open' }
  const after = { ...task, projectId: row['id'], assigneeId: null, parentId: null }
  return {
    ...{ method: 'PATCH', path: oracle.pathOf('Project', row) },
    body: { tasks: { create: { title: 'new' } } },
    steps: [
      linked('Project', row, ['tasks']),
      { model: 'Task', before: null, after, fields: ['title', 'projectId', 'project'] },
    ],
  }
}

const hire = (oracle: Oracle, boss: Row, other: Row): Change => ({
  ...{ method: 'PATCH', path: oracle.pathOf('User', boss) },
  body: { staff: { connect: [{ id: other['id'] }] } },
  reached: [['User', other]],
  steps:
    boss === other
      ? [linked('User', boss, ['staff', 'bossId', 'boss'], { ...boss, bossId: boss['id'] })]
      : [
          linked('User', boss, ['staff']),
          linked('User', other, ['bossId', 'boss'], { ...other, bossId: boss['id'] }),
        ],
})

/** Those who are not seen stay. */
function dismiss(oracle: Oracle, boss: Row): Change {
  const staff = oracle
    .related('User', boss, 'staff')
    .filter((it) => oracle.allows('User', 'read', it))
  return {
    ...{ method: 'PATCH', path: oracle.pathOf('User', boss), body: { staff: { set: [] } } },
    steps: [
      linked('User', boss, ['staff']),
      ...staff.map((it) => linked('User', it, ['bossId', 'boss'], { ...it, bossId: null })),
    ],
  }
}

/** A rule may ask for rows that are written along. */
function founding(oracle: Oracle, userId: number): Change {
  const user = oracle.rows('User').find((it) => it['id'] === userId)
  const member = { orgId: 50, userId, role: 'owner' }
  return {
    ...{ method: 'POST', path: '/api/orgs' },
    body: {
      ...{ id: 50, name: 'x' },
      members: { create: [{ role: 'owner', user: { connect: { id: userId } } }] },
    },
    reached: [['User', user]],
    steps: [
      {
        model: 'Org',
        before: null,
        after: { id: 50, name: 'x', plan: null },
        fields: ['id', 'name', 'members'],
      },
      { model: 'Member', before: null, after: member, fields: Object.keys(member) },
    ],
  }
}
