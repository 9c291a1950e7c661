import assert from 'node:assert/strict'
import createClient from 'openapi-fetch'
import type { paths } from './generated/schema'
import { querySerializer } from './query-serializer'

const api = createClient<paths>({ baseUrl: process.argv[2]!, querySerializer })

function got<T>({ data, error }: { data?: T; error?: unknown }): T {
  assert.ok(data !== undefined, JSON.stringify(error))
  return data
}

const { data: seller } = got(
  await api.POST('/api/sellers', {
    body: { name: 'Fetch', slug: 'fetch', email: 'fetch@example.com' },
  }),
)
const { data: product } = got(
  await api.POST('/api/products', {
    body: { name: 'Fetched & typed', slug: 'fetched', sellerId: seller.id },
  }),
)
const { data: category } = got(
  await api.POST('/api/categories', { body: { name: 'Fetch', slug: 'fetch' } }),
)
const path = { productId: product.id, categoryId: category.id }
const made = got(await api.POST('/api/product-categories', { body: { ...path, position: 2 } }))
assert.equal(made.data.position, 2)

const address = '/api/product-categories/{productId}/{categoryId}'
assert.deepEqual(got(await api.GET(address, { params: { path } })).data, made.data)

const where = {
  OR: [{ product: { name: { contains: 'd & t' } } }],
  categoryId: { in: [category.id] },
}
const found = got(await api.GET('/api/product-categories', { params: { query: { where } } }))
assert.deepEqual([found.meta.total, found.data[0]?.productId], [1, product.id])

const changed = got(await api.PATCH(address, { params: { path }, body: { position: 1 } }))
assert.equal(changed.data.position, 1)
const none = got(
  await api.GET('/api/product-categories', {
    params: { query: { where: { ...path, position: 2 } } },
  }),
)
assert.equal(none.meta.total, 0)

assert.equal((await api.DELETE(address, { params: { path } })).response.status, 204)
const { error } = await api.GET(address, { params: { path } })
assert.equal(error?.code, 'not_found')
