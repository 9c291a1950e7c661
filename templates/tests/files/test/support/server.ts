import { createApp } from '../../src/app.js'

/** Starts the app on a free port of this machine; it serves every test file of this worker. */
export async function startApp(): Promise<string> {
  const app = await createApp()
  const { url } = await app.listen(0, '127.0.0.1')
  return url
}
