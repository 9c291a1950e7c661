import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readSchemaFiles, type DatabaseApp } from '../../src/database/app.js'
import type { Provider } from '../../src/schema/model.js'
import { databaseParts } from '../../templates/base/database.js'
import { dependencyFolder } from '../contract/dependencies.js'

/** Makes an app as far as its database goes, in a folder that is there. */
export async function makeDatabaseApp(
  root: string,
  provider: Provider,
  url: string,
  models: string,
): Promise<DatabaseApp> {
  await writeSchema(root, provider, models)
  await writeFile(join(root, 'package.json'), '{ "type": "module" }')
  await symlink(
    join(await dependencyFolder(), 'node_modules'),
    join(root, 'node_modules'),
    'junction',
  )
  const source = fileURLToPath(new URL('../../templates/base/files/', import.meta.url))
  const view = { name: 'app', provider, omitting: [], schema: { files: [] } } as never
  await mkdir(join(root, 'src', 'db'), { recursive: true })
  for (const { path, template } of databaseParts(view).files ?? [])
    if (!template.endsWith('.hbs'))
      await writeFile(join(root, path), await readFile(join(source, template), 'utf8'))
  await writeFile(
    join(root, 'src', 'env.ts'),
    "export const env = { DATABASE_URL: process.env['DATABASE_URL']! }\n",
  )
  // Without the extensions that a schema may need.
  if (provider === 'postgresql') {
    const template = await readFile(join(source, 'src/db/postgresql/pglite.ts.hbs'), 'utf8')
    const plain = template.replaceAll(/\{\{#if \w+\}\}[\s\S]*?\{\{\/if\}\}/g, '')
    await writeFile(join(root, 'src', 'db', 'pglite.ts'), plain)
  }
  return { root, provider, files: readSchemaFiles(root), url }
}

/** Writes the schema of an app, below a datasource. */
export async function writeSchema(root: string, provider: Provider, models: string): Promise<void> {
  await mkdir(join(root, 'prisma'), { recursive: true })
  const text = `datasource db {\n  provider = "${provider}"\n}\n${models}`
  await writeFile(join(root, 'prisma', 'schema.prisma'), text)
}
