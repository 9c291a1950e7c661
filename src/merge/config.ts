import { isDeepStrictEqual } from 'node:util'
import { editConfig, type ConfigEdit } from '../config-edit.js'
import { CONFIG_FILE, evaluateConfig } from '../config-file.js'
import { UserError } from '../errors.js'
import type { RenderedFile } from '../render/render.js'
import type { Change } from '../state.js'
import { decide } from './decide.js'
import type { Snapshot } from './merge.js'

/**
 * Decides on the config anew: options are merged by name, so that quotes and comments of the user's beside
 * them are in nobody's way, and the rest by line.
 */
export async function mergeConfig(
  root: string,
  changes: readonly Change[],
  files: readonly RenderedFile[],
  snapshot: Snapshot,
): Promise<readonly Change[]> {
  const file = files.find(({ path }) => path === CONFIG_FILE)
  const { ours = null, base = null } = snapshot.get(CONFIG_FILE) ?? {}
  if (!file || ours === null || base === null) return changes
  const merged = await mergeByOption(root, { base, ours, theirs: file.text })
  return changes.map((change) => (change.path === CONFIG_FILE ? (merged ?? change) : change))
}

type SetValue = Extract<ConfigEdit, { kind: 'set' }>['value']

type Texts = { readonly base: string; readonly ours: string; readonly theirs: string }

/** @returns null where the user's text can't be edited */
async function mergeByOption(root: string, { base, ours, theirs }: Texts): Promise<Change | null> {
  const evaluate = (text: string): Promise<object> => evaluateConfig(text, root)
  const edits = editsBetween(await evaluate(base), await evaluate(theirs))
  try {
    // Where both say the same values, what is left to merge are comments and layout.
    const texts = {
      base: await editConfig(base, edits, evaluate),
      ours: await editConfig(ours, edits, evaluate),
      theirs,
    }
    const decision = decide(texts, { path: CONFIG_FILE })
    if (decision.kind === 'conflict') return null
    const text = 'text' in decision ? decision.text : texts.ours
    return text === ours
      ? { path: CONFIG_FILE, kind: 'keep', reason: 'edited' }
      : { path: CONFIG_FILE, kind: 'merge', text }
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

function editsBetween(before: object, after: object): ConfigEdit[] {
  // Of a generated config: all it holds are plain values.
  const [old, wanted] = [before, after] as Readonly<Record<string, SetValue>>[]
  return [...new Set([...Object.keys(old!), ...Object.keys(wanted!)])]
    .filter((name) => !isDeepStrictEqual(old![name], wanted![name]))
    .map((name): ConfigEdit => {
      const value = wanted![name]
      return value === undefined
        ? { kind: 'unset', option: name }
        : { kind: 'set', option: name, value }
    })
}
