import type { PlopGeneratorConfig } from 'node-plop'
import type { Prompt } from './model.js'

/** What is known of a plugin that is to be made. */
export type PluginAnswers = {
  readonly id: string
  readonly category: string
  readonly description: string
}

/** What the recipe `plugin` is run by: it judges answers and does the work. */
export type PluginHost = {
  /** What stands on the command line behind the name of the generator. */
  given(): Partial<PluginAnswers>
  /** False where nobody is there to answer. */
  readonly ask: boolean
  readonly categories: readonly string[]
  /** @returns true, or why the name will not do */
  check(id: string): Promise<true | string>
  /** @returns the error where no name is given and nobody can be asked */
  missing(): Error
  /** Runs a part of a recipe, so that an error gets its exit code. */
  guard<T>(work: () => Promise<T>): Promise<T>
  /** Does the work. @returns one line on what was made */
  run(answers: PluginAnswers): Promise<string>
}

/** The generator `plugin`: a plugin of the app's own, to be filled in. */
export const pluginRecipe = (
  host: PluginHost,
  prompt: Prompt,
): Pick<PlopGeneratorConfig, 'description' | 'prompts' | 'actions'> => ({
  description: 'A plugin of your own, in ssot/plugins',
  prompts: () => host.guard(() => gather(host, prompt)),
  actions: [{ type: 'ssot-plugin' }],
})

async function gather(host: PluginHost, prompt: Prompt): Promise<PluginAnswers> {
  const given = host.given()
  if (given.id === undefined && !host.ask) throw host.missing()
  const questions = given.id === undefined ? QUESTIONS(host) : []
  const asked = questions.length === 0 ? {} : await prompt(questions)
  const answers = { ...given, ...asked } as Partial<PluginAnswers>
  const id = String(answers.id)
  return {
    id,
    category: answers.category ?? 'other',
    description: answers.description ?? `What ${id} adds to the app`,
  }
}

const QUESTIONS = ({ categories, check }: PluginHost): object[] => [
  { type: 'input', name: 'id', message: 'Name of the plugin', validate: check },
  {
    type: 'select',
    name: 'category',
    message: 'What it is about',
    choices: categories,
    default: 'other',
  },
  {
    type: 'input',
    name: 'description',
    message: 'What it does, in a line',
    default: (answers: { id: string }) => `What ${answers.id} adds to the app`,
  },
]
