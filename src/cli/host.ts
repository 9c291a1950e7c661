import { dirname, resolve } from 'node:path'
import { FROM_DATABASE, OWN_SCHEMA, type Answers, type Host } from '../../recipes/app.js'
import { loadConfigFile } from '../config-file.js'
import {
  checkOptions,
  exampleSchema,
  mergeGiven,
  sources,
  withDefaults,
  type AppConfig,
  type Options,
} from '../config.js'
import { providerOfUrl } from '../database/database-url.js'
import { UserError } from '../errors.js'
import { optionOf, schemaOptions, type Given, type OptionName } from '../options.js'
import type { Context } from './main.js'
import { pluginChoices, splitAnswers } from './plugin-choices.js'
import { makeApp, type MadeApp } from './make-app.js'
import { printReport } from './report.js'
import { checkSchema, checkTarget } from './target.js'
import { canAsk, createTerminal } from './terminal.js'

/** A host that keeps what its run came to: node-plop turns errors into text, so it can't carry them. */
export type CliHost = Host & { outcome(): { made: MadeApp } | { error: unknown } | null }

/** @returns the host that the recipe `app` is run by; `onMade` learns of an app whose set-up failed, too */
export async function createHost(
  context: Context,
  given: Given,
  ask: boolean,
  onMade?: (made: MadeApp) => void,
): Promise<CliHost> {
  const plugins = ask ? await pluginChoices() : []
  let outcome: ReturnType<CliHost['outcome']> = null
  return {
    given,
    ask,
    plugins,
    check: (name, value) => checkAnswer(name, value, context, given),
    async suggest(name, answers) {
      const file = await configBeside(
        mergeGiven([given, readAnswers(answers, plugins)]),
        context.cwd,
      ).catch(() => ({}))
      return (
        (file as Given)[name] ??
        (name === 'schema' ? undefined : withDefaults({}, context.env)[name])
      )
    },
    async run(answers) {
      try {
        const { options, explicit } = await settle(readAnswers(answers, plugins), given, context)
        const made = await makeApp(options, explicit, context)
        outcome = { made }
        onMade?.(made)
      } catch (error) {
        outcome = { error }
        throw error
      }
      return summarise(outcome.made)
    },
    outcome: () => outcome,
  }
}

function summarise({ setup, start, summary }: MadeApp): string {
  if (setup?.failed) throw new Error(`The step '${setup.failed.name}' failed.`)
  if (start?.failed) throw new Error(`The app stopped: ${start.failed}`)
  return summary
}

/** The host under plain `plop`: nothing is given, and stderr carries the progress. */
export function terminalHost(): Promise<Host> {
  const { env } = process
  const terminal = createTerminal({ verbosity: 'normal', json: false, env, live: false })
  const { signal } = new AbortController()
  const context = {
    argv: [],
    switches: new Set<string>(),
    cwd: process.cwd(),
    env,
    terminal,
    signal,
  }
  return createHost(context, {}, canAsk(env), (made) => printReport(made, context))
}

function readAnswers(all: Answers, plugins: Host['plugins']): Given {
  const { rest, pluginOptions } = splitAnswers(all, plugins)
  const { example, ...answers } = rest
  const own = example === OWN_SCHEMA || example === FROM_DATABASE || example === undefined
  return checkOptions(
    {
      ...answers,
      ...(own ? {} : { example }),
      ...(Object.keys(pluginOptions).length === 0 ? {} : { pluginOptions }),
    },
    sources.answers,
  )
}

async function settle(
  answers: Given,
  given: Given,
  context: Context,
): Promise<{ options: Options; explicit: Given }> {
  const explicit = mergeGiven([given, answers])
  if (!explicit.yes) requireAnswers(explicit)
  const file = await configBeside(explicit, context.cwd)
  return { options: withDefaults(mergeGiven([explicit, file]), context.env), explicit }
}

function requireAnswers(given: Given): void {
  const remedy = 'Or take every default: --yes.'
  if (given.dir === undefined)
    throw new UserError('No folder is given, and nobody can be asked.', [
      'Give it: create-ssot-app <dir> (or --dir <dir>).',
      remedy,
    ])
  if (schemaOptions.every((name) => given[name] === undefined))
    throw new UserError('No schema is given, and nobody can be asked.', [
      `Give --schema ${valueOf('schema')}, --example <name>, or --from-database ${valueOf('fromDatabase')}.`,
      remedy,
    ])
}

const valueOf = (name: 'schema' | 'fromDatabase'): string =>
  (optionOf(name) as { value: string }).value

/** A schema may have its `ssot.config.ts` beside it, as the examples do. */
async function configBeside(given: Given, cwd: string): Promise<AppConfig> {
  const { schema, example = 'minimal', fromDatabase } = given
  if (fromDatabase !== undefined) return {}
  if (schema === undefined) return loadConfigFile(dirname(exampleSchema(example)))
  const path = resolve(cwd, schema)
  const {
    schema: _,
    phases: _phases,
    ...config
  } = await loadConfigFile(path.endsWith('.prisma') ? dirname(path) : path)
  return config
}

async function checkAnswer(
  name: OptionName,
  value: unknown,
  { cwd }: Context,
  given: Given,
): Promise<true | string> {
  try {
    if (name !== 'example') checkOptions({ [name]: value }, sources.answers)
    if (name === 'dir')
      await checkTarget(resolve(cwd, String(value)), { force: given.force ?? false, probe: false })
    if (name === 'schema') await checkSchema(resolve(cwd, String(value)), cwd)
    if (name === 'fromDatabase') providerOfUrl(String(value))
    return true
  } catch (error) {
    if (error instanceof UserError) return [error.message, ...error.remedies.slice(0, 1)].join(' ')
    throw error
  }
}
