import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import { packageRoot } from '../root.js'
import options from './handlebars-options.json' with { type: 'json' }

export type Template = (view: object) => string

// An own instance: plop's renderer escapes HTML and prints a missing name as nothing.
const handlebars = Handlebars.create()

/**
 * Reads and compiles a template. The build puts a module in place of this one that holds all of them compiled,
 * by the same options: compiling takes longer than anything else in rendering.
 */
export async function loadTemplate(owner: string, template: string): Promise<Template> {
  const path = join(packageRoot(), 'templates', owner, 'files', template)
  return handlebars.compile(await readFile(path, 'utf8'), options)
}
