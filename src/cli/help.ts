import { flagOf, optionOf, type Option, type OptionName } from '../options.js'

/** Prints a list of names with their explanations in two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.map(([name, text]) => `  ${name.padEnd(width)}${text}`).join('\n')
}

/** The help of a set of options: flag, values, hint, default. */
export function optionsHelp(names: readonly OptionName[]): string {
  return columns(names.map((name) => [flagText(name, optionOf(name)), hintText(optionOf(name))]))
}

/** The help of choices that are written `name=value`. */
export function choicesHelp(names: readonly OptionName[]): string {
  return columns(
    names.map((name) => {
      const option = optionOf(name)
      const values = option.kind === 'choice' ? option.choices : ['true', 'false']
      return [`${name}=${values.join('|')}`, option.hint]
    }),
  )
}

function flagText(name: OptionName, option: Option): string {
  const flag =
    option.kind === 'switch' && option.default === true
      ? `--no-${flagOf(name).slice(2)}`
      : flagOf(name)
  const short = option.short === undefined ? '' : `-${option.short}, `
  switch (option.kind) {
    case 'choice':
      return `${short}${flag} ${option.choices.join('|')}`
    case 'text':
      return `${short}${flag} ${option.value}`
    case 'names':
      return `${short}${flag} a,b`
    case 'count':
      return `${short}${flag} N`
    case 'switch':
      return `${short}${flag}`
    case 'settings':
      throw new Error(`${name} has no flag.`)
  }
}

function hintText(option: Option): string {
  if (option.kind === 'switch')
    return option.default === true ? `Leave out: ${lower(option.hint)}` : option.hint
  const notes = [
    ...('default' in option && option.default !== undefined ? [`default ${option.default}`] : []),
    ...(option.env === undefined ? [] : [option.env]),
  ]
  return notes.length === 0 ? option.hint : `${option.hint} (${notes.join(', ')})`
}

const lower = (text: string): string => text[0]!.toLowerCase() + text.slice(1)

export const createHelp = (
  names: readonly OptionName[],
): string => `Usage: create-ssot-app [dir] [flags]

Makes a full-stack TypeScript app from a Prisma schema.

${optionsHelp(names)}
  -h, --help  -v, --version

On a terminal it asks for what is not given; elsewhere give a folder and --schema or --example, or --yes.
Each switch can be negated: --no-<flag>. Flags come before --json=<file> input, that before ssot.config.ts
beside the schema, that before the defaults.

Examples:
  create-ssot-app shop --example ecommerce --yes
  create-ssot-app api --schema ./prisma/schema.prisma --framework fastify --pm pnpm
`
