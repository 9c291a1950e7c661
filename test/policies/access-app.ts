import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startTarget, type RunningApp, type Target } from '../contract/harness.js'
import { applyEdits, type Edit, SIGN_IN } from '../support/app-edits.js'

/** Code of what an app says of its models: `permissions: { … }, middleware: { … }`. */
export type Said = Readonly<Record<string, string>>

export const SCHEMA = `generator client {
  provider            = "prisma-client"
  output              = "../src/generated/prisma"
  moduleFormat        = "esm"
  importFileExtension = "js"
  runtime             = "nodejs"
}

datasource db {
  provider = "sqlite"
}

model Product {
  id       Int      @id @default(autoincrement())
  name     String
  price    Decimal?
  sellerId Int?
  reviews  Review[]
  notes    Note[]
}

/// Anyone may do anything but delete.
/// @@policy(read, rule: "true")
/// @@policy(create, rule: "true")
/// @@policy(update, rule: "true")
model Review {
  id        Int      @id @default(autoincrement())
  text      String
  productId Int?
  product   Product? @relation(fields: [productId], references: [id])
}

model Note {
  id        Int      @id @default(autoincrement())
  text      String
  authorId  String
  productId Int?
  product   Product? @relation(fields: [productId], references: [id])
}

model Setting {
  id   Int    @id @default(autoincrement())
  name String
}
`

/** A route beside those that are generated. */
const OWN = `import { defineRoutes } from '../http/custom.js'
import { ok } from '../http/respond.js'

defineRoutes('Setting', (route) => [
  route({ method: 'GET', path: '/own', summary: 'Own', handler: () => ok({ own: true }) }),
])
`

/** Writes what is said of each model to where a user would. */
async function say(app: string, mode: Target['mode'], said: Said): Promise<void> {
  for (const [model, text] of Object.entries(said)) {
    const name = model.charAt(0).toLowerCase() + model.slice(1)
    if (mode === 'registry') {
      const find = `\n  ${name}: {\n`
      const file = 'src/registry/models.registry.ts'
      await applyEdits(app, [{ file, find, replace: `${find}    ${text},\n` }])
    } else {
      const file = join(app, 'src', 'models', name, `${name}.custom.ts`)
      const importing = `import { defineAccess } from '../../http/access.js'\n`
      await writeFile(file, importing + (await readFile(file, 'utf8')))
      await appendFile(file, `\ndefineAccess('${model}', { ${text} })\n`)
    }
  }
}

/** Starts an app that says this of its models. */
export const startSaying = (
  kind: Pick<Target, 'framework' | 'mode'> & Partial<Target>,
  said: Said,
  edits: readonly Edit[] = [SIGN_IN],
): Promise<RunningApp> =>
  startTarget({
    provider: 'sqlite',
    schema: SCHEMA,
    ...kind,
    async edit(app) {
      await applyEdits(app, edits)
      const folder = kind.mode === 'layered' ? 'models' : 'registry'
      await writeFile(join(app, 'src', folder, 'own.custom.ts'), OWN)
      await say(app, kind.mode, said)
    },
  })
