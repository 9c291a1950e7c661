// What a developer would write by hand for three routes of the blog: no checks, no headers, no logs.
import { fastify } from 'fastify'
import { prisma } from '../src/db.js'
import { get, list, newPost } from './queries.js'

const app = fastify()
app.get('/api/posts', () => list(prisma))
app.get<{ Params: { id: string } }>('/api/posts/:id', async (request, reply) => {
  const data = await get(prisma, request.params.id)
  return data ? { data } : reply.code(404).send({ error: 'not found' })
})
app.post('/api/posts', async (request, reply) =>
  reply.code(201).send({ data: await newPost(prisma, request.body) }),
)
app.get('/health', () => ({ status: 'ok' }))
await app.listen({ port: Number(process.env['PORT']), host: '127.0.0.1' })
