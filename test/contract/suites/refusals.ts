import { beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../contract.js'
import { clear, expectProblem, newAuthor, newPost, query } from './support.js'

/** Whatever is unknown, malformed or too much is refused by name; nothing is ignored. */
export function refusals({ api }: Context): void {
  describe('refusals', () => {
    let id: string

    beforeAll(async () => {
      await clear(api)
      id = (await newPost(api, (await newAuthor(api)).id)).id
    })

    it.each([
      ['nonsense=1', ['nonsense']],
      ['page=1', ['page']],
      ['filter[title]=a', ['filter']],
      ['where[nonsense]=1', ['where.nonsense']],
      ['where[title][nonsense]=1', ['where.title.nonsense']],
      ['where[title][contains][x]=1', ['where.title.contains']],
      ['where[views]=many', ['where.views']],
      ['where[views]=1.5', ['where.views']],
      ['where[views]=99999999999', ['where.views']],
      ['where[views][contains]=1', ['where.views.contains']],
      ['where[views]=null', ['where.views']],
      ['where[published]=yes', ['where.published']],
      ['where[level]=mid', ['where.level']],
      ['where[level]=low', ['where.level']],
      ['where[publishedAt]=yesterday', ['where.publishedAt']],
      ['where[publishedAt]=2026-02-30', ['where.publishedAt']],
      ['where[size]=1.5', ['where.size']],
      ['where[price]=cheap', ['where.price']],
      ['where[rating]=Infinity', ['where.rating']],
      ['where[views][in]=1,x', ['where.views.in.1']],
      ['where[views][in]=', undefined],
      ['where[author][nonsense]=1', ['where.author.nonsense']],
      ['where[author]=1', ['where.author']],
      ['where[author]=null', ['where.author']],
      ['where[author][is]=null', ['where.author.is']],
      ['where[tags][name]=a', ['where.tags.name']],
      ['where[tags][some][nonsense]=1', ['where.tags.some.nonsense']],
      ['where[author][posts][some][author][posts][some][title]=a', undefined],
      ['where[OR][0][nonsense]=1', ['where.OR.0.nonsense']],
      ['where[XOR][0][title]=1', ['where.XOR']],
      ['where=title', ['where']],
      ['where[]=title', undefined],
      ['where[constructor]=1', undefined],
      ['where[__proto__][title]=1', undefined],
      ['where[hasOwnProperty]=1', ['where.hasOwnProperty']],
      ['where[toString]=1', ['where.toString']],
      ['orderBy=nonsense', ['orderBy.nonsense']],
      ['orderBy=', ['orderBy']],
      ['orderBy=title,title', ['orderBy.title']],
      ['orderBy=tags', undefined],
      ['orderBy=tags.name', undefined],
      ['orderBy=author', undefined],
      ['orderBy=meta', ['orderBy.meta']],
      ['orderBy=author.nonsense', ['orderBy.author.nonsense']],
      ['orderBy[title]=asc', ['orderBy']],
      ['take=5&take=6', undefined],
      ['where[title]=a&where[title]=b', undefined],
      ['=title', ['']],
      ['take=5&=', ['']],
      ['[take]=5', ['[take]']],
      ['%E0%A4%A', undefined],
      ['where[title]=%00', undefined],
    ])('a list with %s', async (text, paths) => {
      expectProblem(await api.get(`/api/posts?${text}`), 400, paths)
    })

    it.each([
      'nonsense=1',
      'take=5',
      'where[nonsense]=1',
      'where[title][nonsense]=1',
      'orderBy=title',
    ])('a count with %s', async (text) => {
      expectProblem(await api.get(`/api/posts/count?${text}`), 400)
    })

    it.each([
      [{ nonsense: 1 }, ['nonsense']],
      [{ where: { nonsense: 1 } }, ['where.nonsense']],
      [{ where: [] }, ['where']],
      [{ where: 'title' }, ['where']],
      [{ where: {} }, ['where']],
      [{ where: { OR: [] } }, ['where.OR']],
      [{ where: { AND: {} } }, ['where.AND']],
      [{ where: { title: {} } }, ['where.title']],
      [{ where: { title: 1 } }, ['where.title']],
      [{ where: { title: ['a'] } }, ['where.title']],
      [{ where: { title: null } }, ['where.title']],
      [{ where: { title: { in: 'a,b' } } }, ['where.title.in']],
      [{ where: { title: { in: [] } } }, ['where.title.in']],
      [
        { where: { title: { in: Array.from({ length: 101 }, (_, n) => String(n)) } } },
        ['where.title.in'],
      ],
      [{ where: { views: '10' } }, ['where.views']],
      [{ where: { published: 'true' } }, ['where.published']],
      [{ where: { published: { gt: false } } }, ['where.published.gt']],
      [{ where: { tags: { every: {} } } }, ['where.tags.every']],
      [{ where: { tags: { some: { name: { nonsense: 1 } } } } }, ['where.tags.some.name.nonsense']],
      [{ where: { OR: Array.from({ length: 101 }, (_, n) => ({ views: n })) } }, undefined],
      [{ where: { meta: { path: ['a"b'], equals: 1 } } }, ['where.meta.path']],
      [{ where: { meta: { path: "a'); DROP TABLE posts; --", equals: 1 } } }, ['where.meta.path']],
      [{ orderBy: { title: 'asc' } }, ['orderBy']],
      [{ orderBy: [] }, ['orderBy']],
      [{ include: { tags: true } }, ['include']],
      [{ cursor: { id: 'x' } }, ['cursor']],
    ] as [object, string[] | undefined][])('a search for %j', async (body, paths) => {
      expectProblem(await api.post('/api/posts/search', body), 400, paths)
    })

    it('a filter that is nested too deep', async () => {
      const where = Array.from({ length: 200 }).reduce<object>((inner) => ({ NOT: inner }), {
        views: 1,
      })
      expectProblem(await api.post('/api/posts/search', { where }), 400)
    })

    it('what crosses more than three relations', async () => {
      const most = { author: { bio: { author: { name: { not: '' } } } } }
      const more = { author: { bio: { author: { bio: { text: { not: '' } } } } } }
      expect((await api.post('/api/posts/search', { where: most })).status).toBe(200)
      expectProblem(await api.post('/api/posts/search', { where: more }), 400)
      for (const [key, crossed] of [
        ['include', 'author.bio.author'],
        ['orderBy', 'author.bio.author.name'],
      ])
        expect((await api.get(`/api/posts?${key}=${crossed}`)).status).toBe(200)
      for (const [key, crossed] of [
        ['include', 'author.bio.author.bio'],
        ['orderBy', 'author.bio.author.bio.text'],
      ])
        expectProblem(await api.get(`/api/posts?${key}=${crossed}`), 400)
    })

    it('a query string on routes that take none', async () => {
      expectProblem(await api.post('/api/posts/search?take=5', {}), 400, ['take'])
      expectProblem(await api.delete(`/api/posts/${id}?nonsense=1`), 400, ['nonsense'])
      expectProblem(await api.get(`/api/posts/${id}?take=5`), 400, ['take'])
      expectProblem(await api.get(`/api/posts/${id}?where[title]=a`), 400, ['where'])
      expectProblem(await api.post('/api/posts?nonsense=1', {}), 400)
      expectProblem(await api.patch(`/api/posts/${id}?nonsense=1`, { title: 'x' }), 400, [
        'nonsense',
      ])
      expectProblem(
        await api.send('POST', '/api/tags/bulk?nonsense=1', { data: [{ name: 'a' }] }),
        400,
        ['nonsense'],
      )
      expect((await api.get(`/api/posts/${id}`)).body.data.title).not.toBe('x')
    })

    it('more parameters than anybody needs', async () => {
      const many = Array.from({ length: 600 }, (_, n) => `where[OR][${n}][views]=${n}`).join('&')
      expectProblem(await api.get(`/api/posts?${many}`), 400)
    })

    it('more names than anybody needs', async () => {
      const names = Array.from({ length: 60 }, () => 'title').join(',')
      expectProblem(await api.get(`/api/posts${query({ select: names })}`), 400, ['select'])
    })
  })
}
