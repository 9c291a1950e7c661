import inquirer from 'inquirer'
import type { NodePlopAPI } from 'node-plop'
import { schemaRecipe, type Answers, type Kind } from './recipes/model.js'
import { schemaHost } from './src/cli/schema-host.js'

/** What the plopfile of an app is: the recipes that extend its schema. */
export default function plopfile(plop: NodePlopAPI): void {
  const host = schemaHost(plop.getPlopfilePath())
  plop.setActionType('ssot', (answers) => host.run(answers as Answers))
  for (const kind of ['model', 'field'] satisfies Kind[])
    plop.setGenerator(
      kind,
      schemaRecipe(kind, host, (questions) => inquirer.prompt(questions as never)),
    )
}
