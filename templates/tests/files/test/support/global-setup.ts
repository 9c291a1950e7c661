import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareTemplate } from './database.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder for the databases of this run. */
    databases: string
  }
}

/** Makes the database that every test file gets a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'app-test-'))
  await prepareTemplate(folder)
  project.provide('databases', folder)
  return () => rm(folder, { recursive: true, force: true })
}
