/** A relation, by the names that lead to it from both of its ends. */
export type Link = {
  /** Address of the rows at this end, and of those at the other. */
  readonly path: string
  readonly other: string
  /** The column of the foreign key that differs; null where there is a table for it. */
  readonly key: string | null
  readonly relation: string
  /** The same relation at the other end. */
  readonly inverse: string
  /** True for many at this end, and at the other. */
  readonly many: readonly [here: boolean, there: boolean]
}

const toPerson = (stem: string, relation: string): Link => ({
  path: 'things',
  other: 'people',
  key: `${stem}Id`,
  relation,
  inverse: stem,
  many: [false, true],
})
const toPlace = (relation: string): Link => ({
  path: 'things',
  other: 'places',
  key: `${relation}Code`,
  relation,
  inverse: `${relation}s`,
  many: [false, true],
})
const toMany = (relation: string, inverse: string): Link => ({
  path: 'things',
  other: relation,
  key: null,
  relation,
  inverse,
  many: [true, true],
})
const toHolder = (path: string): Link => ({
  path,
  other: 'people',
  key: 'holderId',
  relation: 'holder',
  inverse: path.slice(0, -1),
  many: [false, false],
})

/** What everybody may read and write, by the shape that it has. */
const TWINS = {
  person: toPerson('open', 'opener'),
  place: toPlace('yard'),
  many: toMany('tags', 'tagged'),
  one: toHolder('medals'),
}

type Kind<T> = {
  readonly kind: string
  readonly it: T
  /** The same, open to all. */
  readonly twin: T
  /** Whether every way is also tried by an admin, who may read it. */
  readonly admin?: true
}

/** What may not be read. */
export const UNREAD_COLUMNS: readonly Kind<string>[] = [
  { kind: 'a hidden column', it: 'veiled', twin: 'plain' },
  { kind: 'a column that is written only', it: 'typed', twin: 'plain' },
  { kind: 'a column with a rule', it: 'price', twin: 'plain', admin: true },
]

const { person, place, many, one } = TWINS

export const UNREAD_LINKS: readonly Kind<Link>[] = [
  {
    kind: 'a hidden foreign key',
    it: toPerson('sealed', 'sealer'),
    twin: person,
  },
  { kind: 'a hidden relation', it: toPerson('kept', 'keeper'), twin: person },
  {
    kind: 'a foreign key that is written only',
    it: toPerson('inked', 'inker'),
    twin: person,
  },
  {
    kind: 'a foreign key with a rule',
    it: toPerson('ruled', 'ruler'),
    twin: person,
    admin: true,
  },
  { kind: 'a relation with a rule', it: toPerson('named', 'namer'), twin: person },
  {
    kind: 'a foreign key with a rule that holds for one row',
    it: toPerson('part', 'parter'),
    twin: person,
  },
  { kind: 'a hidden part of a foreign key', it: toPlace('cave'), twin: place },
  { kind: 'a part of a foreign key with a rule', it: toPlace('site'), twin: place },
  {
    kind: 'a many-to-many relation with a rule',
    it: toMany('marks', 'marked'),
    twin: many,
  },
  {
    kind: 'a hidden many-to-many relation',
    it: toMany('stains', 'stained'),
    twin: many,
  },
  { kind: 'a unique foreign key with a rule', it: toHolder('badges'), twin: one },
  { kind: 'a hidden unique foreign key', it: toHolder('chips'), twin: one },
]
