import type { PlopGeneratorConfig } from 'node-plop'
import { askField, nameQuestion, type Check } from './field-questions.js'

/** What is to be added: a model with its fields, or more fields for one that is there. */
export type Kind = 'model' | 'field'

/** Fields are words of the grammar, whether they were typed on the command line or made of answers. */
export type Answers = {
  readonly kind: Kind
  readonly model: string
  readonly fields: readonly string[]
}

/** Types to choose from. */
export type Choices = {
  readonly scalars: readonly string[]
  readonly models: readonly string[]
  readonly enums: readonly string[]
  /** Can a column hold a list? */
  readonly lists: boolean
}

/** What the recipes `model` and `field` are run by: it knows the schema, judges answers, and does the work. */
export type Host = {
  /** What stands on the command line behind the name of the generator. */
  given(kind: Kind): { readonly model?: string; readonly fields: readonly string[] }
  /** False where nobody is there to answer. */
  readonly ask: boolean
  choices(): Promise<Choices>
  /** @returns true, or why these answers will not do */
  check(answers: Answers): Promise<true | string>
  /** @returns what would be written. @throws where the answers will not do */
  preview(answers: Answers): Promise<string>
  show(text: string): void
  /** @returns the error for an answer that is missing where nobody can be asked */
  missing(kind: Kind, what: 'model' | 'fields'): Error
  /** Runs a part of a recipe, so that an error gets its exit code. */
  guard<T>(work: () => Promise<T>): Promise<T>
  /** Does the work. @returns one line on what was made */
  run(answers: Answers): Promise<string>
}

/** Asks questions as inquirer does. */
export type Prompt = (questions: readonly object[]) => Promise<Readonly<Record<string, unknown>>>

const DESCRIPTIONS: Readonly<Record<Kind, string>> = {
  model: 'A model in the schema, and all that follows from it',
  field: 'More fields for a model of the schema',
}

/** The generator `model` or `field`: asks what the command line does not say, then has it written. */
export const schemaRecipe = (
  kind: Kind,
  host: Host,
  prompt: Prompt,
): Pick<PlopGeneratorConfig, 'description' | 'prompts' | 'actions'> => ({
  description: DESCRIPTIONS[kind],
  prompts: () => host.guard(() => gather(kind, host, prompt)),
  actions: [{ type: 'ssot' }],
})

async function gather(kind: Kind, host: Host, prompt: Prompt): Promise<Answers> {
  const { model, fields } = host.given(kind)
  if (model !== undefined && fields.length > 0) {
    const answers = { kind, model, fields }
    await host.preview(answers)
    return answers
  }
  if (!host.ask) throw host.missing(kind, model === undefined ? 'model' : 'fields')
  const there = await host.choices()
  const named = model ?? (await askModel(kind, host, there, prompt))
  const choices = { ...there, models: [...new Set([...there.models, named])] }
  const asked = await askFields(kind, named, host, choices, prompt)
  const answers = { kind, model: named, fields: asked }
  host.show(await host.preview(answers))
  const { sure } = await prompt([
    { type: 'confirm', name: 'sure', message: 'Write this?', default: true },
  ])
  if (sure !== true) throw new Error('Nothing was written.')
  return answers
}

async function askModel(
  kind: Kind,
  host: Host,
  { models }: Choices,
  prompt: Prompt,
): Promise<string> {
  const question =
    kind === 'field'
      ? { type: 'select', message: 'Model that gets the fields', choices: models }
      : {
          type: 'input',
          message: 'Name of the model',
          validate: (model: string) => host.check({ kind, model, fields: [] }),
        }
  const { model } = await prompt([{ name: 'model', ...question }])
  return String(model)
}

/** One field after the other, until a name is left empty. */
async function askFields(
  kind: Kind,
  model: string,
  host: Host,
  choices: Choices,
  prompt: Prompt,
): Promise<readonly string[]> {
  const fields: string[] = []
  for (;;) {
    const check: Check = (word) => host.check({ kind, model, fields: [...fields, word] })
    const { name } = await prompt([nameQuestion(fields.length, check)])
    if (name === '') return fields
    fields.push(await askField(String(name), model, choices, check, prompt))
  }
}
