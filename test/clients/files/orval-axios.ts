import axios from 'axios'
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
} from './generated/orval-axios'

axios.defaults.baseURL = process.argv[2]!

const { data: seller } = (
  await createSeller({ name: 'Axios', slug: 'axios', email: 'axios@example.com' })
).data
const { data: product } = (
  await createProduct({ name: 'Axios & typed', slug: 'axios', sellerId: seller.id })
).data
const { data: category } = (await createCategory({ name: 'Axios', slug: 'axios' })).data
const made = (
  await createProductCategory({ productId: product.id, categoryId: category.id, position: 2 })
).data.data
assert.equal(made.position, 2)

assert.deepEqual((await getProductCategory(product.id, category.id)).data.data, made)

const found = (
  await listProductCategories({
    where: {
      OR: [{ product: { name: { contains: 's & t' } } }],
      categoryId: { in: [category.id] },
    },
  })
).data
assert.deepEqual([found.meta.total, found.data[0]?.productId], [1, product.id])

const changed = await updateProductCategory(product.id, category.id, { position: 1 })
assert.equal(changed.data.data.position, 1)
const none = (await listProductCategories({ where: { productId: product.id, position: 2 } })).data
assert.equal(none.meta.total, 0)

assert.equal((await deleteProductCategory(product.id, category.id)).status, 204)
const gone = await getProductCategory(product.id, category.id, {}, { validateStatus: () => true })
assert.equal(gone.status, 404)
