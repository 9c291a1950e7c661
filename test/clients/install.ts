import { toolFolder } from './work.js'

/** Before any file runs: two of them must not install at the same time. */
export default async function setup(): Promise<void> {
  await toolFolder()
}
