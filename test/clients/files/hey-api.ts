import assert from 'node:assert/strict'
import {
  createCategory,
  createProduct,
  createProductCategory,
  createSeller,
  deleteProductCategory,
  getProductCategory,
  listProductCategories,
  updateProductCategory,
} from './generated/hey-api'
import { client } from './generated/hey-api/client.gen'
import { querySerializer } from './query-serializer'

client.setConfig({ baseUrl: process.argv[2]!, querySerializer })
const throwOnError = true

const { data: seller } = (
  await createSeller({
    body: { name: 'Hey', slug: 'hey', email: 'hey@example.com' },
    throwOnError,
  })
).data
const { data: product } = (
  await createProduct({
    body: { name: 'Hey, typed', slug: 'hey', sellerId: seller.id },
    throwOnError,
  })
).data
const { data: category } = (
  await createCategory({ body: { name: 'Hey', slug: 'hey' }, throwOnError })
).data
const path = { productId: product.id, categoryId: category.id }
const made = (await createProductCategory({ body: { ...path, position: 2 }, throwOnError })).data
assert.equal(made.data.position, 2)

assert.deepEqual((await getProductCategory({ path, throwOnError })).data.data, made.data)

const found = (
  await listProductCategories({
    query: {
      where: {
        OR: [{ product: { name: { contains: 'ey, t' } } }],
        categoryId: { in: [category.id] },
      },
    },
    throwOnError,
  })
).data
assert.deepEqual([found.meta.total, found.data[0]?.productId], [1, product.id])

const changed = (await updateProductCategory({ path, body: { position: 1 }, throwOnError })).data
assert.equal(changed.data.position, 1)
const none = (
  await listProductCategories({ query: { where: { ...path, position: 2 } }, throwOnError })
).data
assert.equal(none.meta.total, 0)

assert.equal((await deleteProductCategory({ path, throwOnError })).response.status, 204)
const { error } = await getProductCategory({ path })
assert.equal(error?.code, 'not_found')
