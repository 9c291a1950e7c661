import { UserError } from '../errors.js'
import { loadSchema } from './load.js'
import type { Field, Model, Provider, Schema } from './model.js'

export const GENERATOR = `generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
  runtime             = "nodejs"
}
`

const head = (provider: Provider): string => `${GENERATOR}
datasource db {
  provider = "${provider}"
}
`

/** Lines above the text that is given to `load`. */
export const HEAD_LINES = head('sqlite').split('\n').length - 1

/** Loads models and enums, below a generator and a datasource that need no change. */
export const load = (body: string, provider: Provider = 'sqlite'): Promise<Schema> =>
  loadSchema({ files: [{ path: 'schema.prisma', content: head(provider) + body }] })

export async function loadModel(body: string, name?: string, provider?: Provider): Promise<Model> {
  const { models } = await load(body, provider)
  return name === undefined ? models[0]! : models.find((model) => model.name === name)!
}

export const fieldOf = (model: Model, name: string): Field =>
  model.fields.find((field) => field.name === name)!

/** The message of the error that a schema is refused with; line numbers are those of `body`. */
export async function refusal(body: string, provider?: Provider): Promise<string> {
  try {
    await load(body, provider)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    return error.message.replace(
      /schema\.prisma:(\d+)/g,
      (_, line: string) => `schema.prisma:${Number(line) - HEAD_LINES}`,
    )
  }
  throw new Error('The schema was not refused.')
}
