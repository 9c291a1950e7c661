import { readFile } from 'node:fs/promises'
import { loadSchema } from '../../src/schema/load.js'
import { SIGN_IN } from '../support/app-edits.js'
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
  edits: [SIGN_IN],
  signIn: () => Promise.resolve((who) => ({ 'x-test-user': JSON.stringify(who) })),
}
