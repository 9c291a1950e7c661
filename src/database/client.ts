import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { UserError } from '../errors.js'
import { loadSchema } from '../schema/load.js'
import { TYPE_KEYWORDS } from '../schema/refuse.js'
import { readSchemaFiles, type SchemaText } from './app.js'
import { loadFromApp, resolveInApp } from './packages.js'

export type ClientResult = {
  /** Folder of the client. */
  readonly output: string
  /** False when it was made from this schema already. */
  readonly generated: boolean
}

/**
 * Generates the Prisma client of an app without Prisma's command line and without any download. Does nothing
 * when the client was made from the same schema by the same version.
 * @param force generate all the same
 * @throws UserError when the schema is wrong, or a package is missing
 */
export async function generateClient(appRoot: string, force = false): Promise<ClientResult> {
  const root = resolve(appRoot)
  const files = readSchemaFiles(root)
  const output = outputOf(files)
  const stamp = join(output, '.schema-hash')
  const hash = hashOf(root, files)
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash)
    return { output, generated: false }
  // Says where the schema is wrong in plain words.
  await loadSchema({ path: join(root, 'prisma') })
  await generate(root)
  mkdirSync(output, { recursive: true })
  dropInvalidAliases(output)
  writeFileSync(stamp, hash)
  return { output, generated: true }
}

/** @throws UserError when there is no `prisma-client` generator, or it names no output */
function outputOf(files: readonly SchemaText[]): string {
  for (const { path, content } of files)
    for (const [, block = ''] of content.matchAll(/^\s*generator\s+\w+\s*\{([^}]*)\}/gm)) {
      const output = /^\s*output\s*=\s*"([^"]+)"/m.exec(block)?.[1]
      if (/^\s*provider\s*=\s*"prisma-client"/m.test(block) && output)
        return resolve(dirname(path), output)
    }
  throw new UserError(
    'The schema has no generator with the provider "prisma-client" and an output.',
    [
      'Add: generator client { provider = "prisma-client", output = "../src/generated/prisma" }, one per line',
    ],
  )
}

function hashOf(root: string, files: readonly SchemaText[]): string {
  const generator = readFileSync(resolveInApp(root, '@prisma/client/package.json'), 'utf8')
  const hash = createHash('sha256').update((JSON.parse(generator) as { version: string }).version)
  for (const { path, content } of files) hash.update(`\0${relative(root, path)}\0${content}`)
  return hash.digest('hex')
}

/**
 * A model may be called `undefined` or `string`, the type alias of it that Prisma writes may not: the compiler is told
 * to look away, a bundler or test runner stops there. Nothing can use such an alias.
 */
function dropInvalidAliases(output: string): void {
  const invalid = new RegExp(`^export type (${TYPE_KEYWORDS.join('|')}) = Prisma\\.\\1Model$`, 'gm')
  for (const name of ['client.ts', 'browser.ts']) {
    const path = join(output, name)
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (invalid.test(text)) writeFileSync(path, text.replace(invalid, ''))
  }
}

type Internals = {
  getGenerators(options: object): Promise<{ generate(): Promise<void>; stop(): void }[]>
  loadSchemaContext(options: object): Promise<object>
}

async function generate(root: string): Promise<void> {
  // Whatever asks for an engine binary is told that there is one: nothing is downloaded.
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath
  const internals = loadFromApp<Internals>(root, '@prisma/internals')
  const { PrismaClientTsGenerator } = loadFromApp<{ PrismaClientTsGenerator: new () => object }>(
    root,
    '@prisma/client-generator-ts',
  )
  const schemaContext = await internals.loadSchemaContext({
    schemaPath: { cliProvidedPath: join(root, 'prisma') },
    printLoadMessage: false,
    cwd: root,
  })
  const generators = await internals.getGenerators({
    schemaContext,
    registry: {
      'prisma-client': { type: 'in-process', generator: new PrismaClientTsGenerator() },
    },
    printDownloadProgress: false,
    skipDownload: true,
    allowNoModels: true,
    cliCommand: 'generate',
  })
  for (const generator of generators) {
    await generator.generate()
    generator.stop()
  }
}
