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
} from './generated/hey-api'
import { client } from './generated/hey-api/client.gen'
import { querySerializer } from './query-serializer'

client.setConfig({ baseUrl: process.argv[2]!, querySerializer })
const throwOnError = true

const { data: user } = (
  await createUser({ body: { email: 'hey@example.com', name: 'Ada' }, throwOnError })
).data
const { data: post } = (
  await createPost({
    body: { title: 'Hey, typed', slug: 'hey', content: 'x', authorId: user.id },
    throwOnError,
  })
).data
const { data: category } = (
  await createCategory({ body: { name: 'Hey', slug: 'hey' }, throwOnError })
).data
const path = { postId: post.id, categoryId: category.id }
const made = (await createPostCategory({ body: { ...path, primary: true }, throwOnError })).data
assert.equal(made.data.primary, true)

assert.deepEqual((await getPostCategory({ path, throwOnError })).data.data, made.data)

const found = (
  await listPostCategories({
    query: {
      where: {
        OR: [{ post: { title: { contains: 'ey, t' } } }],
        categoryId: { in: [category.id] },
      },
    },
    throwOnError,
  })
).data
assert.deepEqual([found.meta.total, found.data[0]?.postId], [1, post.id])

const changed = (await updatePostCategory({ path, body: { primary: false }, throwOnError })).data
assert.equal(changed.data.primary, false)
const none = (
  await listPostCategories({ query: { where: { ...path, primary: true } }, throwOnError })
).data
assert.equal(none.meta.total, 0)

assert.equal((await deletePostCategory({ path, throwOnError })).response.status, 204)
const { error } = await getPostCategory({ path })
assert.equal(error?.code, 'not_found')
