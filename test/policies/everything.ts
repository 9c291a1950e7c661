import { readFile } from 'node:fs/promises'
import { loadSchema } from '../../src/schema/load.js'
import type { Scene } from './scene.js'
import { tried } from './tried.js'
import { PEOPLE, WORLD } from './world.js'

const text = await readFile(new URL('schema.prisma', import.meta.url), 'utf8')

/** Each kind of rule and of claim; who calls is who he says he is. */
export const scene: Scene = {
  schema: await loadSchema({ files: [{ path: 'schema.prisma', content: text }] }),
  text,
  world: WORLD,
  people: PEOPLE,
  tried,
  edits: [
    {
      file: 'src/http/authenticate.ts',
      find: '// One line each, yours among them.',
      replace: `async ({ header }) => JSON.parse(header('x-test-user') ?? 'null') as User | null,`,
    },
  ],
  signIn: () => Promise.resolve((who) => ({ 'x-test-user': JSON.stringify(who) })),
}
