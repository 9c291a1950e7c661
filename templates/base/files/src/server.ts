import { createApp } from './app.js'
import { closeDatabase } from './db.js'
import { env } from './env.js'
import { log } from './log.js'

const app = await createApp()
const running = await app.listen(env.PORT, env.HOST ?? '127.0.0.1')
log.info(
  env.HOST === undefined
    ? `listening on ${running.url}, from this machine only: set HOST to be reached from others`
    : `listening on ${running.url}`,
)

async function stop(signal: string): Promise<void> {
  log.info(`${signal}: finishing requests in flight`)
  await running.close()
  await closeDatabase()
  log.info('stopped')
  log.flush(() => process.exit(0))
}

process.once('SIGTERM', stop)
process.once('SIGINT', stop)
