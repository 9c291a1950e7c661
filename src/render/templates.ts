import { compileTemplate } from './compile.js'

export type Template = (view: object) => string

/**
 * Loads a template of ours. The build puts a module in place of this one that holds all of them compiled, by the same
 * options: compiling takes longer than anything else in rendering.
 */
export const loadTemplate = (folder: string, template: string): Promise<Template> =>
  compileTemplate(folder, template)
