import * as z from 'zod'
import { UserError } from '../errors.js'
import { SLOTS } from '../kit/index.js'
import {
  CATEGORIES,
  type PlacedPhase,
  type Plugin,
  type PluginContribution,
} from '../kit/plugin.js'
import { suggest } from '../nearest.js'

const func = z.custom((value) => typeof value === 'function', 'Expected a function')
const text = z.string().min(1)
const ids = z.array(z.string()).optional()

/** Flags of `ssot add`, where the options of a plugin are flags too. */
const RESERVED = ['dryRun', 'help', 'json', 'quiet', 'setup', 'verbose', 'version', 'yes']

const optionName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]*$/, 'The name of an option is in camelCase')
  .refine((name) => !RESERVED.includes(name), `Not one of ${RESERVED.join(', ')}, which are flags`)

const hint = { hint: text }
const option = z.discriminatedUnion('kind', [
  z.strictObject({ ...hint, kind: z.literal('text'), value: text, default: z.string().optional() }),
  z.strictObject({
    ...hint,
    kind: z.literal('choice'),
    choices: z.array(text).min(1),
    labels: z.record(z.string(), z.string()).optional(),
    later: z.array(text).optional(),
    default: z.string().optional(),
  }),
  z.strictObject({
    ...hint,
    kind: z.literal('names'),
    known: z.array(z.string()),
    open: z.boolean().optional(),
  }),
  z.strictObject({ ...hint, kind: z.literal('switch'), default: z.boolean().optional() }),
  z.strictObject({
    ...hint,
    kind: z.literal('count'),
    min: z.int().optional(),
    max: z.int(),
    default: z.int(),
  }),
])

const phase = z.looseObject({
  id: text,
  needs: z.array(z.string()),
  provides: z.array(z.string()),
  run: func,
})
const place = (key: string) => z.strictObject({ phase, [key]: text })
const placedPhases = z.array(z.union([place('before'), place('after'), place('replace')]))

const pluginShape = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'An id is in kebab-case'),
  description: text,
  category: z.enum(CATEGORIES),
  options: z.record(optionName, option),
  needs: ids,
  requires: ids,
  conflicts: ids,
  shouldActivate: func.optional(),
  models: func.optional(),
  phases: placedPhases.optional(),
  contribute: func,
})

const packages = z
  .union([z.array(text), z.record(z.string(), z.string().regex(/^\S+$/))])
  .optional()

const contributionShape = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: text,
        template: text,
        view: z.union([z.looseObject({}), func]).optional(),
        onExisting: z.enum(['merge', 'skip', 'overwrite']).optional(),
        executable: z.boolean().optional(),
        when: func.optional(),
      }),
    )
    .optional(),
  dependencies: packages,
  devDependencies: packages,
  scripts: z.record(z.string(), z.string()).optional(),
  env: z
    .array(
      z.strictObject({
        name: z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'A variable is in capitals: STRIPE_KEY'),
        description: text,
        example: z.string(),
        secret: z.boolean().optional(),
        zod: text,
        value: z.string().optional(),
        test: z.string().optional(),
      }),
    )
    .optional(),
  slots: z
    .strictObject(Object.fromEntries(SLOTS.map((slot) => [slot, z.array(text).optional()])))
    .optional(),
  routes: z
    .array(
      z.strictObject({
        method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
        path: z.string().startsWith('/'),
        does: text,
      }),
    )
    .optional(),
  schema: z.string().optional(),
})

/**
 * @param exported what the module of a plugin exports
 * @throws UserError that says what is wrong with it
 */
export function checkPlugin(exported: unknown, name: string, shown: string): Plugin {
  const { plugin } = exported as { plugin?: unknown }
  if (typeof plugin !== 'object' || plugin === null)
    throw new UserError(`The plugin '${name}' (${shown}) exports no plugin.`, [
      "Write: export const plugin = definePlugin({ … }), with definePlugin from 'create-ssot-app/kit'.",
    ])
  const { error } = pluginShape.safeParse(plugin)
  if (error) throw wrongShape(`The plugin '${name}' (${shown}) is no plugin`, error)
  return plugin as Plugin
}

/** @throws UserError that says what is wrong with what a plugin contributes */
export function checkContribution(given: unknown, name: string): PluginContribution {
  const { error } = contributionShape.safeParse(given)
  if (error) throw wrongShape(`What the plugin '${name}' contributes is not right`, error)
  return given as PluginContribution
}

/** @throws UserError that says what is wrong with a list of phases */
export function checkPhases(given: unknown, shown: string): readonly PlacedPhase[] {
  const { error } = placedPhases.safeParse(given)
  if (error) throw wrongShape(`The phases of ${shown} are not right`, error)
  return given as readonly PlacedPhase[]
}

type Issue = z.core.$ZodIssue

/** What is wrong within says more than that something is. */
function innermost(issue: Issue): Issue {
  if (issue.code === 'invalid_key') return { ...issue.issues[0]!, path: issue.path }
  if (issue.code !== 'invalid_union') return issue
  // Of several forms the one was meant that has the least wrong.
  const [least] = issue.errors.toSorted((a, b) => a.length - b.length)
  const [inner] = least ?? []
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] }
}

function wrongShape(what: string, { issues }: z.ZodError): UserError {
  const issue = innermost(issues[0]!)
  const place = issue.path.join('.')
  const remedies =
    issue.code === 'unrecognized_keys' ? suggest(issue.keys[0]!, keysAt(issue.path)) : []
  return new UserError(
    `${what}: ${place === '' ? '' : `${place}: `}${issue.message}.`.replace(/\.\.$/, '.'),
    remedies,
  )
}

/** Names that are known where one is not; none where that place is deeper than what is listed here. */
const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
  if (path[0] === 'slots') return SLOTS
  if (path.length > 0) return []
  return [...new Set([...Object.keys(pluginShape.shape), ...Object.keys(contributionShape.shape)])]
}
