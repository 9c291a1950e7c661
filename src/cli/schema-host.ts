import type { Answers, Host, Kind } from '../../recipes/model.js'
import { UserError } from '../errors.js'
import { addToSchema, openSchema, type OpenSchema } from '../schema/add/add.js'
import { hasLists, relatable } from '../schema/add/catalog.js'
import type { Addition } from '../schema/add/addition.js'
import { SCALARS } from '../schema/add/types.js'
import { addToApp, schemaPlace } from './add-to-app.js'
import { findApp } from './app-root.js'
import type { Context } from './main.js'
import { plopContext, told } from './plop-run.js'
import { wordsBehind } from './plop-words.js'
import { previewOf } from './preview.js'
import { canAsk, orStopped } from './terminal.js'

/** The host of the recipes `model` and `field` under plop, in the app that holds the plopfile. */
export function schemaHost(folder: string): Host {
  let made: Context | undefined
  // Not before one of ours runs: generators of the user's own end at Ctrl-C as they always did.
  const context = (): Context => (made ??= plopContext(folder))
  let open: Promise<OpenSchema> | undefined
  const schema = (): Promise<OpenSchema> =>
    (open ??= schemaPlace(findApp(folder), process.env).then((place) => openSchema(place.schema)))
  return {
    ask: canAsk(process.env),
    given(kind) {
      const [model, ...fields] = wordsBehind(kind, context().argv)
      return { fields, ...(model === undefined ? {} : { model }) }
    },
    async choices() {
      const { catalog } = await schema()
      const enums = catalog.schema.enums.map(({ name }) => name)
      const scalars = Object.keys(SCALARS)
      return { scalars, models: relatable(catalog), enums, lists: hasLists(catalog) }
    },
    async check(answers) {
      try {
        await addToSchema(await schema(), additionOf(answers))
        return true
      } catch (error) {
        if (error instanceof UserError) return error.message.replace(/^Word \d+, /, '')
        throw error
      }
    },
    preview: async (answers) => previewOf(await addToSchema(await schema(), additionOf(answers))),
    show: (text) => context().terminal.print(text),
    missing,
    guard: (work) => told(context(), ({ signal }) => orStopped(work(), signal)),
    run: (answers) => told(context(), (it) => addToApp(findApp(folder), additionOf(answers), it)),
  }
}

const additionOf = ({ kind, model, fields }: Answers): Addition => ({
  kind,
  model: { text: model, position: 1 },
  words: fields.map((text, index) => ({ text, position: index + 2 })),
})

function missing(kind: Kind, what: 'model' | 'fields'): UserError {
  const example = kind === 'model' ? 'Invoice number:string:unique' : 'Invoice "notes:string?"'
  const message =
    what === 'model'
      ? 'No model is named, and nobody can be asked.'
      : 'No field is given, and nobody can be asked.'
  return new UserError(message, [
    `Give it: npx plop ${kind} ${example} "status:enum(draft,sent)" customer:Customer`,
    `Types: ${Object.keys(SCALARS).join(', ')}, enum(a,b), an enum or a model of the schema.`,
  ])
}
