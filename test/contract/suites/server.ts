import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { expectProblem } from './support.js'

/** What the app is beside its models: probes, documents, headers, limits. */
export function server({ api, app }: Context): void {
  describe('the server', () => {
    it.each(['/health', '/ready'])('answers %s with 200 and no cache', async (path) => {
      const reply = await api.get(path)
      expect(reply.status).toBe(200)
      expect(reply.headers.get('cache-control')).toMatch(/no-store|no-cache/)
    })

    it('serves its description as OpenAPI 3.1', async () => {
      const reply = await api.get('/openapi.json')
      expect(reply.status).toBe(200)
      expect(reply.type).toMatch(/^application\/(json|vnd\.oai\.openapi\+json)/)
      expect(reply.body.openapi).toMatch(/^3\.1\.\d/)
      const paths = Object.keys(reply.body.paths)
      for (const path of [
        '/api/posts',
        '/api/posts/{id}',
        '/api/posts/count',
        '/api/posts/bulk',
        '/api/posts/search',
      ])
        expect(paths).toContain(path)
      expect(paths).toContain('/api/post-labels/{postId}/{labelId}')
    })

    it('describes no hidden column', async () => {
      const { body } = await api.get('/openapi.json')
      const text = JSON.stringify(body.components?.schemas?.Author ?? body)
      expect(text).not.toMatch(/passwordHash|apiKey|salary/)
      expect(JSON.stringify(body)).not.toContain('passwordHash')
    })

    it('describes every answer that a route can give', async () => {
      const { body } = await api.get('/openapi.json')
      const codes = (path: string, method: string): string[] =>
        Object.keys(body.paths[path][method].responses).sort()
      expect(codes('/api/posts', 'get')).toEqual(expect.arrayContaining(['200', '400']))
      expect(codes('/api/posts', 'post')).toEqual(expect.arrayContaining(['201', '400', '409']))
      expect(codes('/api/posts/{id}', 'patch')).toEqual(
        expect.arrayContaining(['200', '400', '404', '409', '412']),
      )
      expect(codes('/api/posts/{id}', 'delete')).toEqual(
        expect.arrayContaining(['204', '404', '409']),
      )
    })

    it('serves a docs page that loads nothing from elsewhere', async () => {
      const reply = await api.get('/docs')
      const page =
        reply.status >= 300 && reply.status < 400
          ? await api.get(reply.headers.get('location')!)
          : reply
      expect(page).toMatchObject({ status: 200, type: expect.stringMatching(/^text\/html/) })
      const sources = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map(
        (match) => match[1]!,
      )
      expect(sources.filter((source) => /^(https?:)?\/\//.test(source))).toEqual([])
      expect(sources.length).toBeGreaterThan(0)
      for (const source of sources.filter(
        (text) => !text.startsWith('data:') && !text.startsWith('#'),
      )) {
        const { pathname } = new URL(source, `${api.url}/docs${page === reply ? '' : '/'}`)
        expect({ source, status: (await api.get(pathname)).status }).toEqual({
          source,
          status: 200,
        })
      }
    })

    it('sends security headers and does not say what it is made with', async () => {
      const { headers } = await api.get('/api/posts')
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'content-security-policy': expect.any(String),
        'referrer-policy': expect.any(String),
      })
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('server')).toBeNull()
    })

    it('sends the same headers with an error', async () => {
      const { headers } = await api.get('/api/nothing')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    })

    it('is closed to other origins', async () => {
      const reply = await api.get('/api/posts', { origin: 'https://elsewhere.example' })
      expect(reply.headers.get('access-control-allow-origin')).toBeNull()
      const preflight = await api.send('OPTIONS', '/api/posts', undefined, {
        headers: { origin: 'https://elsewhere.example', 'access-control-request-method': 'POST' },
      })
      expect(preflight.headers.get('access-control-allow-origin')).toBeNull()
    })

    it('gives every request an id, in the header and in a problem', async () => {
      const fine = await api.get('/api/posts')
      const wrong = await api.get('/api/posts?nonsense=1')
      expect(fine.headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
      expect(wrong.headers.get('x-request-id')).toBe(wrong.body.instance)
      expect(fine.headers.get('x-request-id')).not.toBe(wrong.headers.get('x-request-id'))
    })

    it('does not take over an id that could write into the log', async () => {
      const { headers } = await api.get('/health', { 'x-request-id': 'a"},{"forged":"b' })
      expect(headers.get('x-request-id')).toMatch(/^[\w-]{8,}$/)
    })

    it('answers an address that is not there with 404', async () => {
      expectProblem(await api.get('/api/nothing'), 404)
      expectProblem(await api.get('/nothing'), 404)
      expectProblem(await api.post('/api/nothing', {}), 404)
      for (const path of ['/api/posts//', '/api//posts', '//health', '/api/posts/count//'])
        expectProblem(await api.get(path), 404)
    })

    it('answers a method that a route does not have with 404 or 405', async () => {
      const reply = await api.put('/api/posts', {})
      expect([404, 405]).toContain(reply.status)
      expectProblem(reply, reply.status)
    })

    it('answers HEAD as GET without a body', async () => {
      const reply = await api.send('HEAD', '/api/posts')
      expect({ status: reply.status, body: reply.body }).toEqual({ status: 200, body: undefined })
    })

    it('refuses a body above one megabyte with 413', async () => {
      const raw = JSON.stringify({ title: 'x'.repeat(1_200_000), slug: 'x', authorId: 1 })
      expectProblem(await api.send('POST', '/api/posts', undefined, { raw }), 413)
    })

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml', ''])(
      'refuses a body of type "%s" with 415',
      async (type) => {
        const reply = await api.send('POST', '/api/posts', undefined, {
          raw: '{"title":"a"}',
          headers: { 'content-type': type },
        })
        expectProblem(reply, 415)
      },
    )

    it('refuses a body of another type with 415 also where no body is described', async () => {
      const extras = { raw: 'title', headers: { 'content-type': 'text/plain' } }
      expectProblem(await api.send('DELETE', '/api/tags/1', undefined, extras), 415)
    })

    it.each([
      'application/json; charset=utf-8',
      'Application/JSON',
      'application/merge-patch+json',
    ])('takes a body of type "%s" and checks it', async (type) => {
      const reply = await api.send('POST', '/api/tags', undefined, {
        raw: '{"nonsense":1}',
        headers: { 'content-type': type },
      })
      expectProblem(reply, 400, ['name', 'nonsense'])
    })

    it.each([
      ['broken', '{"name": '],
      ['no JSON', 'name=1'],
      ['with a NUL', '{"name":"a\\u0000b"}'],
      ['with __proto__', '{"name":"a","__proto__":{"x":1}}'],
      ['with an escaped __proto__', '{"name":"a","\\u005f_proto__":{"x":1}}'],
    ])('refuses a body that is %s with 400', async (_what, raw) => {
      expectProblem(await api.send('POST', '/api/tags', undefined, { raw }), 400)
    })

    it.each([
      ['nothing', undefined],
      ['null', 'null'],
      ['an array', '[]'],
      ['a string', '"name"'],
    ])('refuses %s as the body of a create with 400', async (_what, raw) => {
      const reply = await api.send('POST', '/api/tags', undefined, raw === undefined ? {} : { raw })
      expectProblem(reply, 400)
    })

    it('answers what is no HTTP without falling over', async () => {
      const { port } = new URL(api.url)
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.end('nonsense\r\n\r\n'))
        socket
          .on('close', () => resolve())
          .on('error', () => resolve())
          .resume()
      })
      expect((await api.get('/health')).status).toBe(200)
    })

    it('logs one line of JSON per request, with its id and without its query values', async () => {
      const { headers } = await api.get('/api/posts?where[title]=very-secret-value')
      const id = headers.get('x-request-id')!
      await expect.poll(() => app().log()).toContain(id)
      const line = app()
        .log()
        .split('\n')
        .find((text) => text.includes(id))!
      expect(JSON.parse(line)).toMatchObject({ method: 'GET', path: '/api/posts', status: 200 })
      expect(line).not.toContain('very-secret-value')
    })

    it('does not log tokens', async () => {
      await api.get('/api/posts', {
        authorization: 'Bearer very-secret-token',
        cookie: 'a=very-secret-cookie',
      })
      expect(app().log()).not.toMatch(/very-secret-(token|cookie)/)
    })
  })
}
