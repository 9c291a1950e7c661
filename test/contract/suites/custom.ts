import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { run } from '../../support/process.js'
import type { Context } from '../contract.js'
import { clear, expectProblem, query } from './support.js'

/** The code of the user's own in files/member.custom.ts: hooks, routes, computed fields. */
export function custom({ api, provider, app, whole }: Context): void {
  const ada = { first: 'Ada', last: 'Lovelace' }
  const newMember = (values: object = ada) => api.make('/api/members', values)

  /** What hooks have written since `begin`, in order. */
  let seen = 0
  const traces = async (): Promise<string[]> => {
    const reply = await api.get(
      `/api/traces${query({ take: '100', [`where[id][gt]`]: `${seen}` })}`,
    )
    return reply.body.data.map(({ text }: { text: string }) => text)
  }
  const begin = async (): Promise<void> => {
    const reply = await api.get('/api/traces?orderBy=-id&take=1')
    seen = reply.body.data[0]?.id ?? 0
  }
  const names = async (): Promise<string[]> => {
    const reply = await api.get('/api/members?orderBy=id&take=100')
    return reply.body.data.map(({ fullName }: { fullName: string }) => fullName)
  }

  describe('hooks', () => {
    beforeEach(() => clear(api))

    it('run around a create, and may change what is created', async () => {
      await begin()
      expect(await newMember()).toMatchObject({ ...ada, nick: 'ada', isSpy: false })
      expect(await newMember({ ...ada, nick: 'spy' })).toMatchObject({ isSpy: true })
      expect(await traces()).toEqual([
        ...['beforeCreate Ada', 'afterCreate Ada null'],
        ...['beforeCreate Ada', 'afterCreate Ada hidden'],
      ])
    })

    it('show in the answer what they did after the write', async () => {
      expect(await newMember({ ...ada, nick: 'renamed' })).toMatchObject({ nick: 'after' })
    })

    it('undo the create with all that they wrote, and their problem is the answer', async () => {
      await begin()
      const reply = await api.post('/api/members', { first: 'Ada', last: 'Undone' })
      expectProblem(reply, 409)
      expect(reply.body).toMatchObject({ code: 'refused', detail: 'Not Undone.' })
      expect([await names(), await traces()]).toEqual([[], []])
    })

    it('run for every row of a bulk create, all of them or none', async () => {
      await begin()
      const rows = [ada, { first: 'Grace', last: 'Hopper' }]
      expect((await api.post('/api/members/bulk', { data: rows })).body.data).toEqual({ count: 2 })
      expect(await traces()).toEqual([
        ...['beforeCreate Ada', 'afterCreate Ada null'],
        ...['beforeCreate Grace', 'afterCreate Grace null'],
      ])
      const undone = {
        data: [
          { first: 'Joan', last: 'Clarke' },
          { first: 'No', last: 'Undone' },
        ],
      }
      expectProblem(await api.post('/api/members/bulk', undone), 409)
      expect(await names()).toEqual(['Ada Lovelace', 'Grace Hopper'])
    })

    it.each(['patch', 'put'] as const)('run around an update: %s', async (method) => {
      const { id } = await newMember()
      await begin()
      const reply = await api[method](`/api/members/${id}`, { first: ' Augusta ', last: 'King' })
      expect(reply.body.data).toMatchObject({ first: 'Augusta', fullName: 'Augusta King' })
      expect(reply.body.data.nick).toBe(method === 'put' ? null : 'ada')
      expect(await traces()).toEqual(['beforeUpdate Ada', 'afterUpdate Ada Augusta'])
      const undone = await api[method](`/api/members/${id}`, { first: 'X', last: 'Undone' })
      expectProblem(undone, 409)
      expect([await names(), await traces()]).toEqual([
        ['Augusta King'],
        ['beforeUpdate Ada', 'afterUpdate Ada Augusta'],
      ])
      expectProblem(await api[method](`/api/members/${id + 1}`, ada), 404)
    })

    it('run after the check of If-Match, in its transaction', async () => {
      const { id } = await newMember()
      const { headers } = await api.get(`/api/members/${id}`)
      const etag = headers.get('etag')!
      await begin()
      const path = `/api/members/${id}`
      const undone = await api.patch(path, { last: 'Undone' }, { 'if-match': etag })
      expectProblem(undone, 409)
      const changed = await api.patch(path, { last: 'King' }, { 'if-match': etag })
      expect(changed.body.data).toMatchObject({ fullName: 'Ada King' })
      expectProblem(await api.patch(path, { last: 'Late' }, { 'if-match': etag }), 412)
      expect(await traces()).toEqual(['beforeUpdate Ada', 'afterUpdate Ada Ada'])
    })

    it('run for every row of a bulk update, all of them or none', async () => {
      await newMember()
      await newMember({ first: 'Grace', last: 'Hopper' })
      await begin()
      const where = { first: { in: ['Ada', 'Grace'] } }
      const reply = await api.patch('/api/members/bulk', { where, data: { last: 'X' } })
      expect(reply.body.data).toEqual({ count: 2 })
      const expected = [
        ...['beforeUpdate Ada', 'afterUpdate Ada Ada'],
        ...['beforeUpdate Grace', 'afterUpdate Grace Grace'],
      ]
      expect((await traces()).toSorted()).toEqual(expected.toSorted())
      const undone = await api.patch('/api/members/bulk', { where, data: { last: 'Undone' } })
      expectProblem(undone, 409)
      expect(await names()).toEqual(['Ada X', 'Grace X'])
    })

    it('see a row that no other write changes meanwhile', async () => {
      const { id } = await newMember({ ...ada, first: '0' })
      await begin()
      const writes = Array.from({ length: 12 }, (_, n) =>
        api.patch(`/api/members/${id}`, { first: `${n + 1}` }),
      )
      const statuses = (await Promise.all(writes)).map(({ status }) => status)
      expect(statuses.filter((status) => status !== 503 && status !== 200)).toEqual([])
      const changes = (await traces()).flatMap((text) => {
        const [, before, after] = /^afterUpdate (\d+) (\d+)$/.exec(text) ?? []
        return before === undefined ? [] : [{ before, after }]
      })
      expect(changes).toHaveLength(statuses.filter((status) => status === 200).length)
      expect(changes.map(({ before }) => before)).toEqual([
        '0',
        ...changes.slice(0, -1).map(({ after }) => after),
      ])
    })

    it('run around a delete, and can undo it', async () => {
      const { id } = await newMember()
      const kept = await newMember({ first: 'Grace', last: 'Kept' })
      await begin()
      expect((await api.delete(`/api/members/${id}`)).status).toBe(204)
      expectProblem(await api.delete(`/api/members/${kept.id}`), 409)
      expect(await names()).toEqual(['Grace Kept'])
      expect(await traces()).toEqual(['beforeDelete Ada', 'afterDelete Ada'])
      await api.patch(`/api/members/${kept.id}`, { last: 'Hopper' })
    })

    it('run for every row of a bulk delete, all of them or none', async () => {
      await newMember()
      const kept = await newMember({ first: 'Grace', last: 'Kept' })
      const where = { first: { in: ['Ada', 'Grace'] } }
      await begin()
      expectProblem(await api.delete('/api/members/bulk', { where }), 409)
      expect([await names(), await traces()]).toEqual([['Ada Lovelace', 'Grace Kept'], []])
      await api.patch(`/api/members/${kept.id}`, { last: 'Hopper' })
      await begin()
      expect((await api.delete('/api/members/bulk', { where })).body.data).toEqual({ count: 2 })
      expect(await traces()).toHaveLength(4)
      expect(await names()).toEqual([])
    })

    it('are not passed by: rows that have them are not written along with others', async () => {
      const { id } = await newMember()
      const team = await api.make('/api/teams', { name: 'One' })
      const refused = [
        await api.post('/api/teams', { name: 'T', members: { create: [ada] } }),
        await api.post('/api/teams', { name: 'T', members: { connect: { id } } }),
        await api.patch(`/api/teams/${team.id}`, { members: { set: [{ id }] } }),
        await api.post('/api/badges', { title: 'B', member: { create: ada } }),
      ]
      expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400])
      const badge = await api.make('/api/badges', { title: 'B', member: { connect: { id } } })
      expect(badge.member).toMatchObject({ fullName: 'Ada Lovelace' })
      expect(await newMember({ ...ada, badges: { create: { title: 'C' } } })).toMatchObject(ada)
    })
  })

  describe('routes of one’s own', () => {
    beforeEach(() => clear(api))

    it('are served below the model, written-out paths before parameters', async () => {
      expect((await api.get('/api/members/featured')).body).toEqual({ data: { first: 'Ada' } })
      const { id } = await newMember()
      const renamed = await api.post(`/api/members/${id}/rename`, { last: 'King' })
      expect(renamed.body).toEqual({ data: { id, last: 'King' } })
      expect((await api.delete(`/api/members/${id}/nick`)).status).toBe(204)
      expect((await api.get(`/api/members/${id}`)).body.data.nick).toBeNull()
    })

    it('have their bodies checked and their methods kept apart', async () => {
      const { id } = await newMember()
      expectProblem(await api.post(`/api/members/${id}/rename`, { last: '' }), 400, ['last'])
      expectProblem(await api.post(`/api/members/${id}/rename`, { lost: '' }), 400, [
        ...['last', 'lost'],
      ])
      expectProblem(await api.get(`/api/members/${id}/rename`), 405)
      expectProblem(await api.post('/api/members/0/rename', { last: 'King' }), 404)
    })

    it('are in the OpenAPI document', async () => {
      const { paths } = (await api.get('/openapi.json')).body
      expect(paths['/api/members/{id}/rename'].post).toMatchObject({
        operationId: 'postMembersByIdRename',
        summary: 'Rename a member',
        tags: ['Member'],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }],
        requestBody: {
          content: { 'application/json': { schema: { required: ['last'], type: 'object' } } },
        },
      })
      expect(Object.keys(paths['/api/members/{id}/nick'].delete.responses)).toContain('204')
    })
  })

  describe('computed fields', () => {
    let id: number
    const computed = { fullName: 'Ada Lovelace', isSpy: true, asked: 'GET' }

    beforeEach(async () => {
      await clear(api)
      const member = await newMember({ ...ada, nick: 'spy', badges: { create: { title: 'B' } } })
      id = member.id
      expect(member).toMatchObject({ ...computed, asked: 'POST' })
    })

    const row = () => ({ id, ...ada, nick: 'spy', teamId: null, team: null, ...computed })

    it('are in every answer that holds the row', async () => {
      expect((await api.get(`/api/members/${id}`)).body.data).toEqual(row())
      expect((await api.get('/api/members')).body.data).toEqual([row()])
      const found = await api.post('/api/members/search', {})
      expect(found.body.data).toEqual([{ ...row(), asked: 'POST' }])
    })

    it('come along through relations', async () => {
      const { team: _, ...member } = row()
      const [badge] = (await api.get('/api/badges')).body.data
      expect(badge.member).toEqual(member)
      const deep = await api.get(`/api/members/${id}?include=badges.member`)
      expect(deep.body.data.badges[0].member).toEqual(member)
      const team = await api.make('/api/teams', { name: 'One' })
      await api.patch(`/api/members/${id}`, { teamId: team.id })
      const listed = await api.get(`/api/teams/${team.id}?include=members`)
      expect(listed.body.data.members).toEqual([{ ...member, teamId: team.id }])
    })

    it('are selected by name, without what they need', async () => {
      const select = async (path: string, names: string) =>
        (await api.get(`/api/${path}${query({ select: names })}`)).body.data
      expect(await select(`members/${id}`, 'fullName,isSpy')).toEqual({
        id,
        fullName: 'Ada Lovelace',
        isSpy: true,
      })
      expect(await select(`members/${id}`, 'first')).toEqual({ id, first: 'Ada' })
      expect(await select('members', 'asked')).toEqual([{ id, asked: 'GET' }])
      const [badge] = await select('badges', 'title,member.fullName,member.last')
      expect(badge).toMatchObject({
        title: 'B',
        member: { last: 'Lovelace', fullName: 'Ada Lovelace' },
      })
      expect(Object.keys(badge.member)).toHaveLength(2)
      const [asked] = await select('badges', 'member.asked')
      expect(asked.member).toEqual({ asked: 'GET' })
      const [whole] = await select('badges', 'member')
      expect(whole.member).toMatchObject(computed)
      const found = await api.post('/api/members/search', { select: ['fullName'] })
      expect(found.body.data).toEqual([{ id, fullName: 'Ada Lovelace' }])
    })

    it('can be neither filtered nor sorted by, nor written', async () => {
      const refused = [
        await api.get(`/api/members${query({ 'where[fullName]': 'Ada Lovelace' })}`),
        await api.get('/api/members?orderBy=fullName'),
        await api.get('/api/members?include=fullName'),
        await api.post('/api/members', { ...ada, fullName: 'X' }),
      ]
      expect(refused.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    })

    it('are described as parts of the row', async () => {
      const { components } = (await api.get('/openapi.json')).body
      const { properties, required } = components.schemas.Member
      expect(properties.fullName).toEqual({ type: 'string', readOnly: true })
      expect(properties.isSpy).toEqual({ type: 'boolean', readOnly: true })
      expect(required).toEqual(expect.arrayContaining(['fullName', 'isSpy', 'asked']))
    })

    it('leave the ETag of a row what a write can check', async () => {
      const { headers } = await api.get(`/api/members/${id}`)
      const etag = headers.get('etag')!
      const changed = await api.patch(`/api/members/${id}`, { last: 'K' }, { 'if-match': etag })
      expect(changed.status).toBe(200)
    })
  })

  // The same whatever the database, and of an embedded one only one process may open it.
  describe.runIf(provider === 'sqlite')('the app with code of one’s own', () => {
    const root = (): string => join(app().root, 'app')

    it('type-checks, mistakes found, one file deleted', async () => {
      const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
      const only = ['-p', 'tsconfig.build.json', '--noEmit']
      const ended = await run([process.execPath, tsc, ...only], { cwd: root() })
      expect(ended).toEqual({ code: 0, output: '' })
    })

    const start = async (text: string): Promise<string> => {
      const own = join(root(), 'src', 'clash.custom.ts')
      const path = join(root(), 'start.ts')
      await writeFile(own, text)
      await writeFile(
        path,
        [
          `import { loadCustom } from './src/http/custom.js'`,
          `import { withCustomRoutes } from './src/http/resource.js'`,
          `const handler = () => ({ status: 200 })`,
          `await loadCustom(new URL('./src/', import.meta.url))`,
          `withCustomRoutes([{ model: 'Team', routes: [`,
          `  { method: 'GET', path: '/:id', kind: 'get', handler }] }])`,
        ].join('\n'),
      )
      const env = { DATABASE_URL: 'file:./data/other.db' }
      const ended = await run([process.execPath, '--import', 'tsx', path], { cwd: root(), env })
      await Promise.all([rm(own), rm(path)])
      expect(ended.code).not.toBe(0)
      return ended.output
    }

    it.runIf(whole).each([
      ['GET', '/:id', `'GET /:id' of Team is the same as its route 'GET /:id'`],
      ['GET', '/:name', `'GET /:name' of Team is the same as its route 'GET /:id'`],
      ['PUT', '/:name', `'PUT /:name' of Team names its parameters unlike its route 'GET /:id'`],
      ['GET', 'id', `'GET id' of Team is no path like '/featured' or '/:id/publish'`],
    ])('does not start with the route %s %s', async (method, path, message) => {
      const route = { method, path, summary: 'One' }
      const output = await start(
        `import { defineRoutes } from './http/custom.js'
        const route = ${JSON.stringify(route)} as const
        defineRoutes('Team', () => [{ ...route, handler: () => ({ status: 200 }) }])`,
      )
      expect(output).toContain(`The custom route ${message}`)
    })

    it.runIf(whole).each([
      [`first: { needs: [] }`, `'Member.first' is a field of the schema already`],
      [`full: { needs: ['nothing'] }`, `'Member.full' needs 'nothing', which is no column`],
      [`full: { needs: ['team'] }`, `'Member.full' needs 'team', which is no column`],
    ])('does not start with the computed field %s', async (field, message) => {
      const output = await start(
        `import { defineComputed } from './http/custom.js'
        defineComputed('Member', () => ({ ${field} }) as never)`,
      )
      expect(output).toContain(`The computed field ${message}`)
    })
  })
}
