import assert from 'node:assert/strict'
import {
  createCategory,
  createPost,
  createPostCategory,
  createUser,
  deletePostCategory,
  getPostCategory,
  searchPostCategories,
  updatePostCategory,
} from './generated/orval-fetch'

const user = await createUser({ email: 'orval@example.com', name: 'Ada' })
assert.ok(user.status === 201)
const post = await createPost({
  title: 'Orval, typed',
  slug: 'orval',
  content: 'x',
  authorId: user.data.data.id,
})
assert.ok(post.status === 201)
const category = await createCategory({ name: 'Orval', slug: 'orval' })
assert.ok(category.status === 201)
const [postId, categoryId] = [post.data.data.id, category.data.data.id]
const made = await createPostCategory({ postId, categoryId, primary: true })
assert.ok(made.status === 201)
assert.equal(made.data.data.primary, true)

const read = await getPostCategory(postId, categoryId)
assert.ok(read.status === 200)
assert.deepEqual(read.data, made.data)

const found = await searchPostCategories({
  where: { OR: [{ post: { title: { contains: 'al, t' } } }], categoryId: { in: [categoryId] } },
})
assert.ok(found.status === 200)
assert.deepEqual([found.data.meta.total, found.data.data[0]?.postId], [1, postId])

const changed = await updatePostCategory(postId, categoryId, { primary: false })
assert.ok(changed.status === 200)
assert.equal(changed.data.data.primary, false)
const none = await searchPostCategories({ where: { postId, primary: true } })
assert.ok(none.status === 200)
assert.equal(none.data.meta.total, 0)

assert.equal((await deletePostCategory(postId, categoryId)).status, 204)
const gone = await getPostCategory(postId, categoryId)
assert.ok(gone.status === 404)
assert.equal(gone.data.code, 'not_found')
