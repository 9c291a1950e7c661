import axios from 'axios'
import assert from 'node:assert/strict'
import {
  createCategory,
  createPost,
  createPostCategory,
  createUser,
  deletePostCategory,
  getPostCategory,
  listPostCategories,
  updatePostCategory,
} from './generated/orval-axios'

axios.defaults.baseURL = process.argv[2]!

const { data: user } = (await createUser({ email: 'axios@example.com', name: 'Ada' })).data
const { data: post } = (
  await createPost({ title: 'Axios & typed', slug: 'axios', content: 'x', authorId: user.id })
).data
const { data: category } = (await createCategory({ name: 'Axios', slug: 'axios' })).data
const made = (await createPostCategory({ postId: post.id, categoryId: category.id, primary: true }))
  .data.data
assert.equal(made.primary, true)

assert.deepEqual((await getPostCategory(post.id, category.id)).data.data, made)

const found = (
  await listPostCategories({
    where: { OR: [{ post: { title: { contains: 's & t' } } }], categoryId: { in: [category.id] } },
  })
).data
assert.deepEqual([found.meta.total, found.data[0]?.postId], [1, post.id])

const changed = await updatePostCategory(post.id, category.id, { primary: false })
assert.equal(changed.data.data.primary, false)
const none = (await listPostCategories({ where: { postId: post.id, primary: true } })).data
assert.equal(none.meta.total, 0)

assert.equal((await deletePostCategory(post.id, category.id)).status, 204)
const gone = await getPostCategory(post.id, category.id, {}, { validateStatus: () => true })
assert.equal(gone.status, 404)
