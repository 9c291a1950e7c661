import { afterAll } from 'vitest'
import { createApp } from '../../src/app.js'

/** Starts the app on a free port of this machine and stops it when the test file is done. */
export async function startApp(): Promise<string> {
  const app = await createApp()
  const running = await app.listen(0, '127.0.0.1')
  afterAll(() => running.close())
  return running.url
}
