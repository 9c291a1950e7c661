import assert from 'node:assert/strict'
import createClient from 'openapi-fetch'
import type { paths } from './generated/schema'
import { querySerializer } from './query-serializer'

const api = createClient<paths>({ baseUrl: process.argv[2]!, querySerializer })

function got<T>({ data, error }: { data?: T; error?: unknown }): T {
  assert.ok(data !== undefined, JSON.stringify(error))
  return data
}

const { data: user } = got(
  await api.POST('/api/users', { body: { email: 'fetch@example.com', name: 'Ada' } }),
)
const { data: post } = got(
  await api.POST('/api/posts', {
    body: { title: 'Fetched & typed', slug: 'fetched', content: 'x', authorId: user.id },
  }),
)
const { data: category } = got(
  await api.POST('/api/categories', { body: { name: 'Fetch', slug: 'fetch' } }),
)
const path = { postId: post.id, categoryId: category.id }
const made = got(await api.POST('/api/post-categories', { body: { ...path, primary: true } }))
assert.equal(made.data.primary, true)

const address = '/api/post-categories/{postId}/{categoryId}'
assert.deepEqual(got(await api.GET(address, { params: { path } })).data, made.data)

const where = {
  OR: [{ post: { title: { contains: 'd & t' } } }],
  categoryId: { in: [category.id] },
}
const found = got(await api.GET('/api/post-categories', { params: { query: { where } } }))
assert.deepEqual([found.meta.total, found.data[0]?.postId], [1, post.id])

const changed = got(await api.PATCH(address, { params: { path }, body: { primary: false } }))
assert.equal(changed.data.primary, false)
const none = got(
  await api.GET('/api/post-categories', {
    params: { query: { where: { ...path, primary: true } } },
  }),
)
assert.equal(none.meta.total, 0)

assert.equal((await api.DELETE(address, { params: { path } })).response.status, 204)
const { error } = await api.GET(address, { params: { path } })
assert.equal(error?.code, 'not_found')
