import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { getNodeValue, findNodeAtLocation } from 'jsonc-parser'
import { editJson, parseJson } from '../merge/json-edit.js'
import { inStyleOf, plain } from '../merge/lines.js'
import type { Replaced } from '../write-then.js'
import { toolSpecifier } from '../write/tool.js'

const PACKAGES = 'package.json'
const TOOL = ['devDependencies', 'create-ssot-app'] as const

/** How the `package.json` of an app comes to name this tool as that of a new app does. */
export type ToolEdit = {
  readonly edits: readonly Replaced[]
  /** How it is named then, where it was named so before; null where it was not. */
  readonly same: string | null
}

/**
 * However the user brought this version into an app (`npm install --save-dev create-ssot-app@latest` writes a range), that
 * is no edit to merge.
 * @returns no edit where package.json does not name it, or is no JSON
 */
export async function toolEdit(root: string): Promise<ToolEdit> {
  const path = join(root, PACKAGES)
  const before = existsSync(path) ? await readFile(path, 'utf8') : ''
  const tree = parseJson(plain(before))
  const named = tree && findNodeAtLocation(tree, [...TOOL])
  if (!named) return { edits: [], same: null }
  const specifier = await toolSpecifier()
  if (getNodeValue(named) === specifier) return { edits: [], same: specifier }
  const value = JSON.stringify(specifier)
  const edited = editJson(plain(before), [{ kind: 'set', path: TOOL, value, after: [] }])
  const content = inStyleOf(before, edited)
  return { edits: [{ path: PACKAGES, before, content }], same: null }
}
