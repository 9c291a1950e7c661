// What a developer would write by hand for three routes of the blog: no checks, no headers, no logs.
import express from 'express'
import { prisma } from '../src/db.js'
import { get, list, newPost } from './queries.js'

const app = express()
app.use(express.json())
app.get('/api/posts', async (_request, response) => void response.json(await list(prisma)))
app.get('/api/posts/:id', async (request, response) => {
  const data = await get(prisma, request.params.id)
  if (data) response.json({ data })
  else response.status(404).json({ error: 'not found' })
})
app.post('/api/posts', async (request, response) => {
  response.status(201).json({ data: await newPost(prisma, request.body) })
})
app.get('/health', (_request, response) => void response.json({ status: 'ok' }))
app.listen(Number(process.env['PORT']), '127.0.0.1')
