import { inverseWrites, newNumber, thingWrites, type Write } from './writes.js'

type Written = {
  readonly kind: string
  readonly writes: readonly Write[]
}

const column = (kind: string, given: object): Written => ({
  kind,
  writes: thingWrites(() => ({ ...given }), { bulk: true }),
})

/** A relation at the end of a thing. */
const relation = (kind: string, name: string, connect: object, create: () => object): Written => ({
  kind,
  writes: [() => ({ connect }), () => ({ create: create() })].flatMap((of) =>
    thingWrites(() => ({ [name]: of() }), { bulk: false }),
  ),
})

const named = (): object => ({ name: `new ${newNumber()}` })

const inverse = (kind: string, path: string, name: string, many = true): Written => ({
  kind,
  writes: inverseWrites(path, name, { title: 'new' }, many),
})

const toPerson = (kind: string, name: string): Written => relation(kind, name, { id: 3 }, named)
const toPlace = (kind: string, name: string): Written =>
  relation(kind, name, { tenant_code: { tenant: 1, code: 3 } }, () => ({
    tenant: 1,
    code: newNumber(),
    ...named(),
  }))
const toMany = (kind: string, name: string): Written =>
  relation(kind, name, [{ id: 3 }], () => [named()])

/** What nobody may write: it is not there, or it is read only. */
export const UNWRITTEN: readonly Written[] = [
  column('a hidden column', { veiled: 'zz' }),
  column('a column that is read only', { fixed: 'zz' }),
  column('a hidden foreign key', { sealedId: 3 }),
  column('the foreign key of a hidden relation', { keptId: 3 }),
  column('a foreign key that is read only', { stuckId: 3 }),
  column('the foreign key of a relation that is read only', { boundId: 3 }),
  column('a hidden part of a foreign key', { caveTenant: 1, caveCode: 3 }),
  toPerson('a relation with a hidden foreign key', 'sealer'),
  toPerson('a hidden relation', 'keeper'),
  toPerson('a relation whose foreign key is read only', 'sticker'),
  toPerson('a relation that is read only', 'binder'),
  toPlace('a relation with a foreign key that is hidden in part', 'cave'),
  toMany('a hidden many-to-many relation', 'stains'),
  inverse('a hidden foreign key from the other end', 'people', 'sealed'),
  inverse('a hidden relation from the other end', 'people', 'kept'),
  inverse('a foreign key that is read only, from the other end', 'people', 'stuck'),
  inverse('a relation that is read only, from the other end', 'people', 'bound'),
  inverse('a foreign key that is hidden in part, from the other end', 'places', 'caves'),
  inverse('a hidden many-to-many relation from the other end', 'stains', 'stained'),
  inverse('a hidden unique foreign key from the other end', 'people', 'chip', false),
]

/** What is like it and everybody may write, and what may be written only. */
export const WRITTEN: readonly Written[] = [
  column('a column', { plain: 'zz' }),
  column('a column that is written only', { typed: 'zz' }),
  column('a foreign key', { openId: 3 }),
  column('a foreign key that is written only', { inkedId: 3 }),
  column('a foreign key of several columns', { yardTenant: 1, yardCode: 3 }),
  toPerson('a relation', 'opener'),
  toPerson('a relation whose foreign key is written only', 'inker'),
  toPlace('a relation with a foreign key of several columns', 'yard'),
  toMany('a many-to-many relation', 'tags'),
  inverse('a foreign key from the other end', 'people', 'open'),
  inverse('a foreign key that is written only, from the other end', 'people', 'inked'),
  inverse('a foreign key of several columns from the other end', 'places', 'yards'),
  inverse('a many-to-many relation from the other end', 'tags', 'tagged'),
  inverse('a unique foreign key from the other end', 'people', 'medal', false),
]
