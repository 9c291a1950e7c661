import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EnvVar } from '../kit/index.js'

/**
 * Writes the variables that `.env` lacks: random secrets, working values for the rest. What is there stays.
 * @returns the names that were added
 */
export async function writeEnvFile(root: string, variables: readonly EnvVar[]): Promise<string[]> {
  const path = join(root, '.env')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  const present = namesIn(text)
  const missing = variables.filter(({ name }) => !present.has(name))
  if (missing.length === 0) return []
  const separator = text === '' || text.endsWith('\n') ? '' : '\n'
  const lines = missing.map((variable) => `${variable.name}=${quoted(valueOf(variable))}\n`)
  await writeFile(path, `${text}${separator}${lines.join('')}`, { mode: 0o600 })
  return missing.map(({ name }) => name)
}

/** Reads one variable of `.env` text. */
export function readVariable(text: string, name: string): string | undefined {
  const line = text
    .split(/\r?\n/)
    .find((entry) => new RegExp(`^\\s*(?:export\\s+)?${name}\\s*=`).test(entry))
  return line
    ?.slice(line.indexOf('=') + 1)
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
}

const namesIn = (text: string): Set<string> =>
  new Set([...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=/gm)].map((match) => match[1]!))

const valueOf = ({ secret, value, example }: EnvVar): string =>
  secret ? randomBytes(32).toString('base64url') : (value ?? example)

/** Quotes what a dotenv reader would cut or change. */
function quoted(value: string): string {
  if (!/[\s#'"`\\$]/.test(value)) return value
  return value.includes("'") ? `"${value}"` : `'${value}'`
}
