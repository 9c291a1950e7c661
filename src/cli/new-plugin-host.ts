import type { PluginAnswers, PluginHost } from '../../recipes/plugin.js'
import { UserError } from '../errors.js'
import { CATEGORIES, type Category } from '../kit/plugin.js'
import { suggest } from '../nearest.js'
import { findApp } from './app-root.js'
import type { Context } from './main.js'
import { plopContext, told } from './plop-run.js'
import { wordsBehind } from './plop-words.js'
import { canAsk, orStopped } from './terminal.js'

/** The host of the recipe `plugin` under plop, in the app that holds the plopfile. */
export function newPluginHost(folder: string): PluginHost {
  let made: Context | undefined
  const context = (): Context => (made ??= plopContext(folder))
  return {
    ask: canAsk(process.env),
    categories: CATEGORIES,
    given() {
      const [id, category, ...words] = wordsBehind('plugin', context().argv)
      const description = words.join(' ')
      return {
        ...(id === undefined ? {} : { id }),
        ...(category === undefined ? {} : { category }),
        ...(description === '' ? {} : { description }),
      }
    },
    async check(id) {
      try {
        const { checkId } = await load()
        checkId(findApp(folder), id)
        return true
      } catch (error) {
        if (error instanceof UserError) return [error.message, ...error.remedies].join(' ')
        throw error
      }
    },
    missing: () =>
      new UserError('No plugin is named, and nobody can be asked.', [
        'Give it: npx plop plugin order-mails email "Writes to who has ordered"',
      ]),
    guard: (work) => told(context(), ({ signal }) => orStopped(work(), signal)),
    run: (answers) =>
      told(context(), async ({ signal, terminal }) => {
        const plugin = { ...answers, category: categoryOf(answers) }
        const { newPlugin } = await load()
        const paths = await newPlugin(findApp(folder), plugin, signal)
        for (const path of paths) terminal.print(path)
        return `Next: npx ssot add ${answers.id}`
      }),
  }
}

/** Loaded late: the other recipes do without what renders. */
const load = () => import('../new-plugin.js')

/** @throws UserError for one that is not known */
function categoryOf({ category }: PluginAnswers): Category {
  const known = CATEGORIES.find((name) => name === category)
  if (known !== undefined) return known
  throw new UserError(`There is no category '${category}'.`, suggest(category, CATEGORIES))
}
