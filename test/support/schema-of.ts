import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSchema } from '../../src/schema/load.js'
import type { Provider, Schema } from '../../src/schema/model.js'

/** The intermediate representation of models and enums given as text. */
export async function schemaOf(models: string, provider: Provider = 'sqlite'): Promise<Schema> {
  const folder = mkdtempSync(join(tmpdir(), 'ssot-schema-'))
  const path = join(folder, 'schema.prisma')
  const head = `generator client {
  provider        = "prisma-client"
  output          = "../src/generated/prisma"
  previewFeatures = ["views"]
}
datasource db {
  provider = "${provider}"
}`
  writeFileSync(path, `${head}\n${models}\n`)
  try {
    return await loadSchema({ path, provider: undefined })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
