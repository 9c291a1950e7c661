import { once } from '../support/once.js'
import { removeStale } from '../support/prepared.js'
import { dependencyFolder } from './dependencies.js'

/** Before any file runs: two of them must not install at the same time. */
export default async function setup(): Promise<void> {
  await once('install', () => Promise.all([dependencyFolder(), removeStale()]))
}
