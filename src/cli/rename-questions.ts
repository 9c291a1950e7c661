import type { GenerateInput, GenerateResult } from '../generate.js'
import type { Given } from '../options.js'
import type { Candidate } from '../schema/rename/detect.js'
import type { Rename } from '../schema/rename/rename.js'
import type { Context } from './main.js'
import { canAsk, orStopped } from './terminal.js'

/**
 * Asks what became of names that went from the schema while others came, unless it was said or nobody can be asked.
 * @returns the input with the answers
 */
export async function withAnswers(
  input: GenerateInput,
  given: Given,
  { env, signal }: Context,
): Promise<GenerateInput> {
  if (input.rename !== undefined || given.json || given.quiet || !canAsk(env)) return input
  const { openRenames } = await import('../open-renames.js')
  const open = await openRenames(input)
  if (open === null || open.record === null) return input
  const { renamedFields, renamedTypes } = await import('../schema/rename/detect.js')
  const types = await ask(renamedTypes(open.record, open.now), signal)
  const fields = await ask(renamedFields(open.record, open.now, types), signal)
  const pairs = [...types, ...fields].map(({ from, to }) => `${from}=${to}`)
  return pairs.length === 0 ? input : { ...input, rename: pairs.join(',') }
}

async function ask(candidates: readonly Candidate[], signal: AbortSignal): Promise<Rename[]> {
  if (candidates.length === 0) return []
  const { default: inquirer } = await import('inquirer')
  const renames: Rename[] = []
  for (const { from, to } of candidates) {
    const free = to.filter((name) => !renames.some((rename) => rename.to === name))
    if (free.length === 0) continue
    const choices = [
      ...free.map((name) => ({
        value: name,
        name: `It is called ${name} now: edits and data go along`,
      })),
      { value: '', name: 'It was taken out' },
    ]
    const message = `${from} is not in the schema any more. What became of it?`
    const question = { type: 'select', name: 'now', message, choices } as const
    const { now } = (await orStopped(inquirer.prompt([question]), signal)) as { now: string }
    if (now !== '') renames.push({ from, to: now })
  }
  return renames
}

/** What is said of names that went while others came; `ssot db migrate` is what comes next for those that are known. */
export function renameLines({ likelyRenames, renames }: GenerateResult): string[] {
  const known = renames.map(({ from, to }) => `${from} is ${to} now`).join(', ')
  const pairs = likelyRenames?.split(',').map((pair) => `${pair.replace('=', ' (now ')}?)`)
  return [
    ...(renames.length === 0 ? [] : [`note: ${known}; next, to keep the data: ssot db migrate`]),
    ...(likelyRenames === null
      ? []
      : [
          `note: not in the schema any more, while others are new: ${pairs!.join(', ')}`,
          `note: if these are new names, say so now or later, and edited files and data go along: ssot generate --rename ${likelyRenames}`,
        ]),
  ]
}
