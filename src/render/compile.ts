import { readFile } from 'node:fs/promises'
import Handlebars from 'handlebars'
import { templatePath } from './path.js'
import options from './handlebars-options.json' with { type: 'json' }
import type { Template } from './templates.js'

// An own instance: plop's renderer escapes HTML and prints a missing name as nothing.
const handlebars = Handlebars.create()

/**
 * Reads and compiles a template.
 * @param folder holds `files/`: absolute, or seen from this package
 */
export async function compileTemplate(folder: string, template: string): Promise<Template> {
  const text = await readFile(templatePath(folder, template), 'utf8')
  return handlebars.compile(text, options)
}
