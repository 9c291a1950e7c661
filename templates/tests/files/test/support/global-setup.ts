import type { TestProject } from 'vitest/node'
import { prepareDatabases, removeDatabases, type Databases } from './database.js'

declare module 'vitest' {
  interface ProvidedContext {
    databases: Databases
  }
}

/** Prepares what every worker gets a database from, and takes all of them away again. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databases = await prepareDatabases()
  project.provide('databases', databases)
  return () => removeDatabases(databases, project.vitest.config.maxWorkers)
}
