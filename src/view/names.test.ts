import { describe, expect, it } from 'vitest'
import { labelOf, nameModels } from './names.js'

const named = (...names: string[]) => nameModels(names.map((name) => ({ name })))

describe('nameModels', () => {
  it('gives every place its form of the name', () => {
    expect(named('OrderItem').get('OrderItem')).toEqual({
      type: 'OrderItem',
      variable: 'orderItem',
      file: 'order-item',
      path: 'order-items',
      label: 'Order item',
      pluralLabel: 'Order items',
      delegate: 'orderItem',
    })
  })

  it.each([
    ['post_tags', 'PostTags', 'post-tags', 'post-tags', 'post_tags'],
    ['HTTPLog', 'HttpLog', 'http-log', 'http-logs', 'hTTPLog'],
    ['Person', 'Person', 'person', 'people', 'person'],
    ['News', 'News', 'news', 'news', 'news'],
    ['constructor', 'Constructor', 'constructor', 'constructors', 'constructor'],
    ['Aux', 'Aux', 'aux-model', 'auxes', 'aux'],
  ])('%s', (name, type, file, path, delegate) => {
    expect(named(name).get(name)).toMatchObject({ type, file, path, delegate })
  })

  it('numbers names that would meet, whatever their case', () => {
    const names = named('Post', 'Posts', 'post_tag', 'PostTag', 'POSTTag')
    expect([...names.values()].map((n) => [n.type, n.file, n.path])).toEqual([
      ['Post', 'post', 'posts'],
      ['Posts', 'posts', 'posts-2'],
      ['PostTag', 'post-tag', 'post-tags'],
      ['PostTag2', 'post-tag2', 'post-tags-2'],
      ['PostTag3', 'post-tag3', 'post-tags-3'],
    ])
  })
})

describe('labelOf', () => {
  it('turns a field name into words', () => {
    expect(labelOf('createdAt')).toBe('Created at')
    expect(labelOf('vat_id')).toBe('Vat id')
  })
})
