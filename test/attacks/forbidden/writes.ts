import type { Request } from './world.js'

let made = 9

/** A number that no other row has. */
export const newNumber = (): number => ++made

const newName = (): string => `new ${newNumber()}`

type Fields = Readonly<Record<string, unknown>>

/** A request that writes; `refused` where nobody may write so, whatever it is that he writes. */
export type Write = { readonly request: Request; readonly refused?: true }

const write = (method: string, path: string, body: object): Write => ({
  request: [method, `/api/${path}`, body],
})

/**
 * Every way to write fields of a thing: its columns, or a relation by a nested write.
 * @param of what is given, made anew for each
 */
export function thingWrites(of: () => Fields, { bulk }: { readonly bulk: boolean }): Write[] {
  const given = of()
  const row = (): object => ({ title: 'new', ...of() })
  const refused = (body: object): Write => ({ ...write('PATCH', 'notes/1', body), refused: true })
  return [
    write('POST', 'things', row()),
    write('PATCH', 'things/1', of()),
    write('PUT', 'things/1', row()),
    write('POST', 'notes', { text: 'x', thing: { create: row() } }),
    write('PATCH', 'notes/1', { thing: { create: row() } }),
    write('POST', 'replies', {
      text: 'x',
      note: { create: { text: 'x', thing: { create: row() } } },
    }),
    write('POST', 'marks', { name: newName(), marked: { create: row() } }),
    write('PATCH', 'marks/1', { marked: { create: [row()] } }),
    ...(bulk
      ? [
          write('POST', 'things/bulk', { data: [{ title: 'new' }, row()] }),
          write('PATCH', 'things/bulk', { where: { id: { lte: 3 } }, data: given }),
        ]
      : []),
    refused({ thing: { connectOrCreate: { where: { id: 1 }, create: row() } } }),
    refused({ thing: { upsert: { create: row(), update: given } } }),
    refused({ thing: { update: given } }),
    refused({ thing: { connect: { id: 1, ...given } } }),
    {
      ...write('PATCH', 'marks/1', { marked: { set: [{ id: 1, ...given }] } }),
      refused: true,
    },
    {
      ...write('PATCH', 'marks/1', { marked: { updateMany: { where: {}, data: given } } }),
      refused: true,
    },
    { ...write('PATCH', 'marks/1', { marked: { createMany: { data: [row()] } } }), refused: true },
  ]
}

/** Every way to write a relation from the end without the foreign key: `tagged` of a tag. */
export function inverseWrites(
  path: string,
  inverse: string,
  create: object,
  many: boolean,
): readonly Write[] {
  const one = path === 'places' ? 'places/1/2' : `${path}/2`
  const row = (): object =>
    path === 'places' ? { tenant: 1, code: newNumber(), name: newName() } : { name: newName() }
  const given = [
    { connect: many ? [{ id: 1 }] : { id: 1 } },
    { create: many ? [create] : create },
    { disconnect: many ? [{ id: 2 }] : true },
    { set: [{ id: 1 }] },
  ].filter((it) => many || !('set' in it))
  return [
    ...given.map((it) => write('PATCH', one, { [inverse]: it })),
    ...given.slice(0, 2).map((it) => write('POST', path, { ...row(), [inverse]: it })),
  ]
}
