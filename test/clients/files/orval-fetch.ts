import assert from 'node:assert/strict'
import {
  createCategory,
  createProduct,
  createProductCategory,
  createSeller,
  deleteProductCategory,
  getProductCategory,
  searchProductCategories,
  updateProductCategory,
} from './generated/orval-fetch'

const seller = await createSeller({ name: 'Orval', slug: 'orval', email: 'orval@example.com' })
assert.ok(seller.status === 201)
const product = await createProduct({
  name: 'Orval, typed',
  slug: 'orval',
  sellerId: seller.data.data.id,
})
assert.ok(product.status === 201)
const category = await createCategory({ name: 'Orval', slug: 'orval' })
assert.ok(category.status === 201)
const [productId, categoryId] = [product.data.data.id, category.data.data.id]
const made = await createProductCategory({ productId, categoryId, position: 2 })
assert.ok(made.status === 201)
assert.equal(made.data.data.position, 2)

const read = await getProductCategory(productId, categoryId)
assert.ok(read.status === 200)
assert.deepEqual(read.data, made.data)

const found = await searchProductCategories({
  where: { OR: [{ product: { name: { contains: 'al, t' } } }], categoryId: { in: [categoryId] } },
})
assert.ok(found.status === 200)
assert.deepEqual([found.data.meta.total, found.data.data[0]?.productId], [1, productId])

const changed = await updateProductCategory(productId, categoryId, { position: 1 })
assert.ok(changed.status === 200)
assert.equal(changed.data.data.position, 1)
const none = await searchProductCategories({ where: { productId, position: 2 } })
assert.ok(none.status === 200)
assert.equal(none.data.meta.total, 0)

assert.equal((await deleteProductCategory(productId, categoryId)).status, 204)
const gone = await getProductCategory(productId, categoryId)
assert.ok(gone.status === 404)
assert.equal(gone.data.code, 'not_found')
