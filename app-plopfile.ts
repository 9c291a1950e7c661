import inquirer from 'inquirer'
import type { NodePlopAPI } from 'node-plop'
import { schemaRecipe, type Answers, type Kind, type Prompt } from './recipes/model.js'
import { pluginRecipe, type PluginAnswers } from './recipes/plugin.js'
import { newPluginHost } from './src/cli/new-plugin-host.js'
import { schemaHost } from './src/cli/schema-host.js'

/** What the plopfile of an app is: the recipes that extend its schema, and the one for a plugin of its own. */
export default function plopfile(plop: NodePlopAPI): void {
  const folder = plop.getPlopfilePath()
  const prompt: Prompt = (questions) => inquirer.prompt(questions as never)
  const host = schemaHost(folder)
  plop.setActionType('ssot', (answers) => host.run(answers as Answers))
  for (const kind of ['model', 'field'] satisfies Kind[])
    plop.setGenerator(kind, schemaRecipe(kind, host, prompt))
  const plugins = newPluginHost(folder)
  plop.setActionType('ssot-plugin', (answers) => plugins.run(answers as PluginAnswers))
  plop.setGenerator('plugin', pluginRecipe(plugins, prompt))
}
