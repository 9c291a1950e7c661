import { UserError } from '../../errors.js'
import { suggest } from '../../nearest.js'
import { relatable, type Catalog } from './catalog.js'
import { pascal } from './habits.js'
import { NOTHING_WRITTEN, WordProblem, wordError, type Written } from './problem.js'
import { toName } from './word.js'

/** @throws UserError when there is no such model to extend, or a new one can't have the name */
export function checkModel(catalog: Catalog, model: Written, isNew: boolean): void {
  if (isNew) checkNewModel(catalog, model)
  else checkOldModel(catalog, model.text)
}

function checkOldModel(catalog: Catalog, name: string): void {
  const names = relatable(catalog)
  if (names.includes(name)) return
  const view = catalog.places.get(name)?.block.kind === 'view'
  throw new UserError(
    view ? `${name} is a view: its columns are what it selects.` : `There is no model '${name}'.`,
    [...suggest(name, names), NOTHING_WRITTEN],
  )
}

function checkNewModel({ places, habits }: Catalog, model: Written): void {
  const { text } = model
  const refuse = (why: string, corrected?: string, remedies: readonly string[] = []): never => {
    throw wordError(model, new WordProblem(why, 0, corrected, remedies))
  }
  if (text.includes(':'))
    refuse('The name of the model stands before its fields.', `Invoice '${text}'`)
  if (!/^[A-Za-z]\w*$/.test(text))
    refuse(
      'The name of a model is made of letters, digits and _, and begins with a letter.',
      pascal(toName(text) || 'Invoice'),
    )
  const found = places.get(text)
  if (found !== undefined)
    refuse(
      `The ${found.block.kind} ${text} is there already (${found.at.file}:${found.at.line}).`,
      undefined,
      found.block.kind === 'model' ? [`To add fields to it: npx plop field ${text} name:type`] : [],
    )
  if (habits.capital && !/^[A-Z]/.test(text))
    refuse('The models of this schema begin with a capital letter.', pascal(text))
}
