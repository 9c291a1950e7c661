import type { Options } from '../config.js'
import { UserError } from '../errors.js'
import type { GenerateInput } from '../generate.js'
import type { Given, OptionName } from '../options.js'
import { appConfig } from './app-config.js'
import { findApp } from './app-root.js'
import type { Args, Flags } from './args.js'
import { gather } from './gather.js'
import type { Context } from './main.js'
import { checkSchema } from './target.js'

/** What a command on an app works with. */
export type AppInput = {
  readonly input: GenerateInput
  readonly options: Options
  readonly given: Given
  /** Values of the command's own flags. */
  readonly own: Args['values']
}

/**
 * Reads flags, JSON input and `ssot.config.ts` for the app in the current folder.
 * @param own flags that only this command has
 * @throws UserError that names what is wrong
 */
export async function readAppInput(
  command: string,
  names: readonly OptionName[],
  context: Context,
  own: Flags = {},
): Promise<AppInput> {
  const { given, positionals, own: values } = await gather(context.argv, names, context, own)
  if (positionals.length > 0)
    throw new UserError(`'ssot ${command}' takes no argument, and got '${positionals[0]}'.`)
  const root = findApp(context.cwd)
  const { options, config } = await appConfig(root, given, context)
  await checkSchema(config.schema, context.cwd)
  const { dryRun, force } = options
  const rename = values['rename'] === undefined ? {} : { rename: String(values['rename']) }
  const input = { root, config, dryRun, force, signal: context.signal, ...rename }
  return { input, options, given, own: values }
}
