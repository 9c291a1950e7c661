import { describe, expect, it } from 'vitest'
import { plainTarget, queryOf } from './files/src/http/target.js'

describe('plainTarget', () => {
  it.each([
    ['/', '/'],
    ['/api/posts', '/api/posts'],
    ['/api/posts/', '/api/posts'],
    ['/%61pi/p%6Fsts', '/api/posts'],
    ['/api/posts/a%2Fb', '/api/posts/a%2Fb'],
    ['/api/posts/%2561', '/api/posts/%2561'],
    ['/api/posts/%C3%A4%7E', '/api/posts/%C3%A4~'],
    ['/api/posts/;a=b', '/api/posts/;a=b'],
    ['/api/posts?take=%31', '/api/posts?take=%31'],
    ['/api/posts/?a=//b/../c', '/api/posts?a=//b/../c'],
    ['http://example.com', '/'],
    ['HTTPS://me:word@example.com:8443/api/posts?x', '/api/posts?x'],
    ['http://example.com?x', '/?x'],
  ])('brings %s to its one form', (target, plain) => {
    expect(plainTarget(target)).toBe(plain)
    expect(plainTarget(plain)).toBe(plain)
  })

  it.each([
    ['*', 400],
    ['api/posts', 400],
    ['ftp://example.com/api', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['/%%36%31', 400],
    ['/%ff', 400],
    ['/%c0%af', 400],
    ['/api\\posts', 400],
    ['/api#posts', 400],
    ['/api/posts?x#', 400],
    ['/caf\u00e9', 400],
    ['/a b', 400],
    ['//api', 404],
    ['/api//posts', 404],
    ['/api/posts//', 404],
    ['/./api', 404],
    ['/api/..', 404],
    ['/%2e%2E/api', 404],
    ['http://example.com//api', 404],
  ])('refuses %s', (target, status) => {
    expect(plainTarget(target)).toMatchObject({ status })
  })
})

describe('queryOf', () => {
  it.each([
    ['/api', ''],
    ['/api?', ''],
    ['/api?a=1', 'a=1'],
    ['/api?a=1?b=2', 'a=1?b=2'],
  ])('reads what stands behind the first question mark of %s', (target, query) => {
    expect(queryOf(target)).toBe(query)
  })
})
