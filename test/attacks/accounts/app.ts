import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { startTarget, type RunningApp, type Target } from '../../contract/harness.js'
import { applyEdits, type Edit } from '../../support/app-edits.js'
import { PUBLIC, provider } from '../google/flow.js'
import { CLIENT } from '../google/provider.js'

export { newPerson, provider, PUBLIC } from '../google/flow.js'

/** Every plugin by which people sign in, and the one that counts them. */
const PLUGINS = ['jwt', 'google', 'api-key', 'usage-tracker']

/** The log tells reset tokens, as a developer asks for it. */
const ENV = {
  ...{ GOOGLE_CLIENT_ID: CLIENT.id, GOOGLE_CLIENT_SECRET: CLIENT.secret, PUBLIC_URL: PUBLIC },
  ...{ TRUST_PROXY: '1', LOG_RESET_TOKENS: 'true', USAGE_TOKEN: 'usage-token-of-the-tests' },
}

export type Kind = Pick<Target, 'framework' | 'mode'>

/** @param schema a file beside this one */
export const startAccounts = async (
  ...choices: Parameters<typeof accountsTarget>
): Promise<RunningApp> => startTarget(await accountsTarget(...choices))

/** @param schema a file beside this one */
export async function accountsTarget(
  kind: Kind,
  schema: string,
  edits: readonly Edit[] = [],
  more: Partial<Pick<Target, 'provider' | 'databaseUrl' | 'env'>> = {},
): Promise<Target> {
  const { provider: database = 'sqlite', env, ...rest } = more
  const text = await readFile(new URL(schema, import.meta.url), 'utf8')
  return {
    ...{ ...kind, ...rest, provider: database, plugins: PLUGINS },
    schema: text.replace('provider = "sqlite"', `provider = "${database}"`),
    edit: (app) => applyEdits(app, edits),
    env: {
      ...{ ...ENV, GOOGLE_ISSUER: provider.issuer },
      ...{ JWT_SECRET: randomBytes(32).toString('base64'), ...env },
    },
  }
}

/** A defence taken out of a plugin, or of what plugins share. */
export const without = (file: string, find: string, replace = ''): Edit => ({
  file: `src/${file}.ts`,
  find,
  replace,
})
