import type { Link } from './kinds.js'
import type { Request } from './world.js'

/** Ways to learn something, each by its own request. `changes` where rows are other ones afterwards. */
export type Way = { readonly request: Request; readonly changes?: true }

const get = (path: string): Way => ({ request: ['GET', `/api/${path}`] })
const search = (path: string, body: object): Way => ({
  request: ['POST', `/api/${path}/search`, body],
})

/** Every way to a column, of the row itself and through relations. */
export function columnWays(column: string): readonly Way[] {
  const path = 'things'
  const where = { [column]: 'aa' }
  return [
    ...keyWays(path, column, 'aa'),
    ...columnOfThing(column),
    get(`${path}/1?select=${column}`),
    get(`${path}?where[${column}][equals]=aa`),
    get(`${path}?where[${column}][not]=aa`),
    get(`${path}?where[${column}][in]=aa`),
    get(`${path}?where[${column}][gt]=aa`),
    get(`${path}?where[${column}][startsWith]=a`),
    get(`${path}?where[AND][0][NOT][0][${column}]=aa`),
    search(path, { where }),
    search(path, { orderBy: [`-${column}`, 'id'], take: 1 }),
    search(path, { select: ['id', column] }),
    { request: ['PATCH', `/api/${path}/1?select=${column}`, { size: 1 }] },
    { request: ['PATCH', `/api/${path}/bulk`, { where, data: { size: 1 } }] },
  ]
}

/** The ways that a foreign key has beside its relation. */
const keyWays = (path: string, column: string, value: string | number): readonly Way[] => [
  get(path),
  get(`${path}/1`),
  get(`${path}?select=id,${column}`),
  get(`${path}?where[${column}]=${value}`),
  get(`${path}?where[NOT][${column}]=${value}`),
  get(`${path}?where[OR][0][${column}]=${value}`),
  get(`${path}?orderBy=${column}`),
  get(`${path}?orderBy=-${column}&cursor=1`),
  get(`${path}/count?where[${column}]=${value}&where[id]=1`),
  search(path, { where: { OR: [{ NOT: { [column]: value } }] } }),
  search(path, { orderBy: column }),
  { request: ['PATCH', `/api/${path}/1`, { size: 1 }] },
  {
    request: ['DELETE', `/api/${path}/bulk`, { where: { [column]: value, id: 1 } }],
    changes: true,
  },
]

/** The same from other models. */
const columnOfThing = (column: string): readonly Way[] => [
  get('notes'),
  get('notes/1?include=thing'),
  get(`notes?select=thing.${column}`),
  get(`notes?where[thing][${column}]=aa`),
  get(`notes?where[thing][is][${column}]=aa`),
  get(`notes?where[thing][isNot][${column}]=aa`),
  get(`notes?orderBy=thing.${column}`),
  get('replies?include=note.thing'),
  get(`replies?where[note][thing][${column}]=aa`),
  get('people?include=stuck'),
  get(`people?where[stuck][some][${column}]=aa`),
  get(`people?where[stuck][none][${column}]=aa`),
  search('people', { where: { stuck: { every: { [column]: 'aa' } } } }),
  { request: ['PATCH', '/api/notes/1', { text: 'x1' }] },
]

/** Every way to a relation, from both of its ends. */
export function linkWays(link: Link): readonly Way[] {
  const { key, path } = link
  return [
    ...(key === null ? [] : keyWays(path, key, 1)),
    ...hither(link),
    ...thither(link),
    ...(path === 'things' ? beyond(link) : []),
  ]
}

/** From the end that has the foreign key. */
function hither({ path, relation, many: [many] }: Link): readonly Way[] {
  const some = many ? { some: { name: 'n1' } } : { is: { name: 'n1' } }
  const [operator, opposite] = many ? ['some', 'none'] : ['is', 'isNot']
  return [
    get(`${path}?include=${relation}`),
    get(`${path}/1?include=${relation}`),
    get(`${path}?select=${relation}`),
    get(`${path}?select=id,${relation}.name`),
    get(`${path}?where[${relation}][${operator}][name]=n1`),
    get(`${path}?where[${relation}][${opposite}][name]=n1`),
    get(`${path}?where[NOT][${relation}][${operator}][name]=n1`),
    get(`${path}/count?where[${relation}][${operator}][name]=n1&where[id]=1`),
    search(path, { where: { OR: [{ [relation]: some }] } }),
    search(path, { include: [relation] }),
    { request: ['PATCH', `/api/${path}/1?include=${relation}`, { title: 't1' }] },
    {
      request: ['DELETE', `/api/${path}/bulk`, { where: { [relation]: some, id: 1 } }],
      changes: true,
    },
    ...(many ? [] : [get(`${path}?orderBy=${relation}.name`)]),
    ...(many ? [] : [get(`${path}?orderBy=-${relation}.name&cursor=2`)]),
    ...(many ? [] : [get(`${path}?where[${relation}][name]=n1`)]),
  ]
}

/** From the other end. */
function thither({ other, inverse, many: [, many] }: Link): readonly Way[] {
  const one = other === 'places' ? 'places/1/1' : `${other}/1`
  const some = { [inverse]: many ? { some: { id: 1 } } : { is: { id: 1 } } }
  const [operator, opposite] = many ? ['some', 'none'] : ['is', 'isNot']
  return [
    get(`${other}?include=${inverse}`),
    get(`${one}?include=${inverse}`),
    get(`${other}?select=name,${inverse}`),
    get(`${other}?select=name,${inverse}.title`),
    get(`${other}?where[${inverse}][${operator}][id]=1`),
    get(`${other}?where[${inverse}][${opposite}][title]=t1`),
    get(`${other}?where[NOT][${inverse}][${operator}][id]=1`),
    get(`${other}/count?where[${inverse}][${operator}][id]=1&where[name]=n1`),
    search(other, { where: { AND: [some] }, select: ['name'] }),
    search(other, { include: inverse }),
    { request: ['PATCH', `/api/${one}?include=${inverse}`, { name: 'n1' }] },
    {
      request: [
        'PATCH',
        `/api/${other}/bulk`,
        { where: { AND: [some, { name: 'n1' }] }, data: { name: 'n1' } },
      ],
    },
    ...(many ? [get(`${other}?where[${inverse}][every][id]=1`)] : []),
    ...(many ? [] : [get(other), get(one), get(`${other}?orderBy=${inverse}.title`)]),
    ...(many ? [] : [get(`${other}?where[${inverse}][title]=t1`)]),
  ]
}

/** Over one more relation. */
function beyond({ relation, many: [many] }: Link): readonly Way[] {
  const operator = many ? 'some' : 'is'
  return [
    get(`notes?include=thing.${relation}`),
    get(`notes?select=thing.${relation}.name`),
    get(`notes?where[thing][${relation}][${operator}][name]=n1`),
    get(`replies?include=note.thing.${relation}`),
    search('notes', { where: { thing: { is: { [relation]: { [operator]: { name: 'n1' } } } } } }),
    { request: ['PATCH', `/api/notes/1?include=thing.${relation}`, { text: 'x1' }] },
    ...(many ? [] : [get(`notes?orderBy=thing.${relation}.name`)]),
  ]
}
