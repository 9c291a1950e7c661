import { createServer, connect, type Server, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Client, type Reply } from '../contract/client.js'
import { bins, emptyFolder, linkDependencies, removeFolder } from '../examples/make.js'
import { run } from '../support/process.js'
import { freePort, startApp, type Started } from '../support/start.js'
import { servers, type TestDatabase } from './servers.js'

/** Stands between an app and its database, and can be shut, or cut every connection at some point. */
class Gate {
  /** How many connections were cut since it was lifted. */
  cuts = 0
  private readonly open = new Set<Socket>()
  private server: Server | undefined

  constructor(
    private readonly port: number,
    private readonly target: { readonly host: string; readonly port: number },
  ) {}

  /** @param messages how often the app may say something on a connection before that is cut */
  async lift(messages = Infinity): Promise<void> {
    this.cuts = 0
    const listening = createServer((socket) => this.pass(socket, messages))
    this.server = listening
    await new Promise<void>((resolve) => listening.listen(this.port, '127.0.0.1', resolve))
  }

  private pass(socket: Socket, messages: number): void {
    const onward = connect(this.target)
    let heard = 0
    socket.on('data', () => {
      heard += 1
      if (heard <= messages) return
      this.cuts += 1
      // Half of them as when a process ends, half as when a machine has forgotten the connection.
      if (this.cuts % 2 === 0) socket.destroy()
      else socket.resetAndDestroy()
      onward.destroy()
    })
    socket.pipe(onward).pipe(socket)
    for (const end of [socket, onward]) {
      this.open.add(end)
      end.on('error', () => {}).once('close', () => this.open.delete(end))
    }
  }

  async shut(): Promise<void> {
    const closed = new Promise((resolve) => this.server?.close(resolve))
    for (const socket of this.open) socket.destroy()
    await closed
  }
}

describe.each(['postgresql', 'mysql'] as const)('%s', (provider) => {
  let folder: string
  let database: TestDatabase
  let gate: Gate
  let app: Started
  const api = new Client(() => app.url)

  beforeAll(async () => {
    folder = await emptyFolder()
    database = await servers[provider].makeDatabase()
    const flags = [
      '--example',
      'minimal',
      '--database',
      provider,
      '--no-install',
      '--no-git',
      '--yes',
    ]
    const inApp = async (...words: string[]): Promise<void> => {
      const { code, output } = await run([process.execPath, bins.ssot, ...words], {
        cwd: `${folder}/app`,
        env: { DATABASE_URL: database.url },
      })
      if (code !== 0) throw new Error(output)
    }
    await run([process.execPath, bins.create, 'app', ...flags], { cwd: folder })
    await linkDependencies(`${folder}/app`)
    await inApp('client')
    await inApp('db', 'migrate', '--name', 'init')

    const direct = new URL(database.url)
    const port = await freePort()
    gate = new Gate(port, { host: direct.hostname, port: Number(direct.port) })
    await gate.lift()
    direct.host = `127.0.0.1:${port}`
    app = await startApp(`${folder}/app`, ['--import', 'tsx', 'src/server.ts'], {
      DATABASE_URL: direct.href,
    })
  })
  afterAll(async () => {
    await app?.stop()
    await gate?.shut()
    await database?.remove()
    await removeFolder(folder)
  })

  it('answers 503 while its database is away, and serves again when it is back', async () => {
    expect((await api.get('/api/projects')).status).toBe(200)

    await gate.shut()
    // The app asks its database for a sign of life once a second.
    await sleep(1100)
    const away = await Promise.all([
      api.get('/api/projects'),
      api.post('/api/projects', { name: 'New' }),
      api.get('/ready'),
    ])
    for (const { status, body } of away)
      expect({ status, code: body.code }).toEqual({ status: 503, code: 'database_unavailable' })
    expect(away[0]?.headers.get('retry-after')).toBe('1')
    expect((await api.get('/health')).status).toBe(200)

    await gate.lift()
    await expect.poll(async () => (await api.get('/ready')).status, { timeout: 20_000 }).toBe(200)
    expect((await api.post('/api/projects', { name: 'New' })).status).toBe(201)
  })

  it('outlives connections that are lost at any step, with requests in flight', async () => {
    const asked: Promise<Reply>[] = []
    const ask = (): void => {
      asked.push(api.get('/api/projects'), api.get('/ready'))
      asked.push(api.post('/api/projects', { name: `Asked ${asked.length}` }))
    }
    // The login, what the driver says next, and statements.
    for (const messages of [0, 1, 2, 3, 4]) {
      await gate.shut()
      await gate.lift(messages)
      await expect
        .poll(() => (ask(), gate.cuts), { timeout: 20_000, interval: 100 })
        .toBeGreaterThan(0)
    }
    await gate.shut()
    await gate.lift()
    const statuses = (await Promise.all(asked)).map(({ status }) => status)
    expect(statuses.filter((status) => ![200, 201, 503].includes(status))).toEqual([])
    await expect.poll(async () => (await api.get('/ready')).status, { timeout: 20_000 }).toBe(200)
    expect(await app.stop()).toBe(0)
  })
})
