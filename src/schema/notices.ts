import type { AnnotationsFound } from './annotations.js'
import { isIgnored } from './datasource.js'
import { stuckColumns } from './given.js'
import type { Model, Notice } from './model.js'
import type { Source } from './source.js'
import { signed } from './vocabulary.js'

/** What the app will not serve, by name and with the reason. */
export function notServed(
  sources: readonly Source[],
  models: readonly Model[],
  cycles: readonly (readonly string[])[],
): Notice[] {
  return [
    ...ignoredBlocks(sources),
    ...models.flatMap((model) => [
      ...unseenFields(model),
      ...withoutCreate(model),
      ...withoutKey(model),
    ]),
    ...cycles.map((cycle) => inCycle(cycle, models)),
  ]
}

function ignoredBlocks(sources: readonly Source[]): Notice[] {
  return sources.flatMap((source) =>
    source.blocks
      .filter((block) => (block.kind === 'model' || block.kind === 'view') && isIgnored(block))
      .map((block) => ({
        code: 'not-served',
        message: `The ${block.kind} ${block.name} is @@ignore: Prisma's client does not have it.`,
        at: source.at(block.offset),
      })),
  )
}

function unseenFields(model: Model): Notice[] {
  return model.unseen.map(({ name, reason, blocksCreate, at }) => ({
    code: 'not-served',
    message:
      `${model.name}.${name} is ${reason === 'ignored' ? '@ignore' : 'Unsupported'}: Prisma's client does not have it.` +
      (blocksCreate && model.kind === 'model'
        ? ` It is required and has no default, so rows of ${model.name} can't be created.`
        : ''),
    at,
  }))
}

/** Columns that rows can't be without, and that callers may not write. */
function withoutCreate(model: Model): Notice[] {
  if (model.kind === 'view') return []
  return stuckColumns(model.fields).map(({ name, annotations, at }) => {
    const remedies = [
      ...(annotations.hidden ? ['let callers write it, unread: /// @writeonly'] : []),
      'give it a @default',
      'make it optional',
      'create rows in code of your own',
    ]
    return {
      code: 'not-served',
      message:
        `Rows of ${model.name} can't be created through the API: ${name} is required, has no default and is ` +
        `${annotations.hidden ? 'hidden' : '@readonly'}. ${sentence(remedies)}`,
      at,
    }
  })
}

/** `One, two, or three.` */
function sentence(choices: readonly string[]): string {
  const text = `${choices.slice(0, -1).join(', ')}, or ${choices.at(-1)}`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function withoutKey(model: Model): Notice[] {
  if (model.key !== null) return []
  const hidden = model.uniques.flatMap(({ fields }) =>
    fields.filter((name) => model.fields.find((it) => it.name === name)?.annotations.hidden),
  )
  const reason =
    hidden.length > 0
      ? `its key needs ${[...new Set(hidden)].join(' and ')}, which is hidden`
      : 'no id or unique has only required fields'
  return [
    {
      code: 'not-served',
      message: `Single rows of ${model.name} can't be addressed: ${reason}. Only lists are served.`,
      at: model.at,
    },
  ]
}

function inCycle(cycle: readonly string[], models: readonly Model[]): Notice {
  const [first] = cycle
  const needs =
    cycle.length === 1
      ? `A row of ${first} needs another row of ${first}`
      : `${cycle.slice(0, -1).join(', ')} and ${cycle.at(-1)} each need a row of another one of them`
  return {
    code: 'not-served',
    message: `${needs}, so no first row can be created. Make one of the relations optional.`,
    at: models.find(({ name }) => name === first)!.at,
  }
}

/** Annotations that are read and checked, and nothing more in this version. */
export const notEnforced = ({ unenforced }: AnnotationsFound): Notice[] =>
  unenforced.map(({ name, model, at }) => ({
    code: 'not-enforced',
    message: `${signed(name)} of ${model} is read and checked, and not enforced in this version.`,
    at,
  }))
