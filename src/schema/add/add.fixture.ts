import type { Provider } from '../model.js'
import { addToSchema, understand, type AddedToSchema } from './add.js'

/** A schema that is there: one text is `schema.prisma`. */
export type Files = string | Readonly<Record<string, string>>

export const head = (provider: Provider = 'sqlite'): string =>
  `datasource db {\n  provider = "${provider}"\n}\n`

/** What comes of `plop model Invoice number:string`, words parted by spaces. */
export async function add(command: string, schema: Files): Promise<AddedToSchema> {
  const [kind = '', model = '', ...words] = command.split(' ')
  const files = typeof schema === 'string' ? { 'schema.prisma': schema } : schema
  const texts = Object.entries(files).map(([path, content]) => ({ path, shown: path, content }))
  return addToSchema(await understand(texts), {
    kind: kind as 'model' | 'field',
    model: { text: model, position: 1 },
    words: words.map((text, index) => ({ text, position: index + 2 })),
  })
}

/** The files that change, as they will be. */
export const filesAfter = ({ files }: AddedToSchema): Record<string, string> =>
  Object.fromEntries(files.map(({ path, content }) => [path, content]))
