import { copy, definePlugin, type AppView } from '../../src/kit/index.js'

const FILES = ['counts', 'endpoints', 'index', 'openapi', 'tracker']

/** Counts requests per route and answer, hour by hour, and tells the sums to whoever has the token. */
export const plugin = definePlugin({
  id: 'usage-tracker',
  category: 'monitoring',
  description: 'Counts requests per route and answer in a table of its own; GET /api/usage tells',
  options: {
    retentionDays: {
      kind: 'count',
      max: 3650,
      default: 90,
      hint: 'Days that counts are kept; USAGE_RETENTION_DAYS changes it later',
    },
  },
  contribute: (app, { retentionDays }) => ({
    files: [
      ...FILES.map((name) => copy(`src/plugins/usage-tracker/${name}.ts`)),
      copy('test/plugins/usage-tracker.test.ts'),
    ],
    env: [
      {
        name: 'USAGE_TOKEN',
        description: 'Who sends it in the header X-Usage-Token may read GET /api/usage.',
        example: 'sample-usage-token',
        secret: true,
        zod: "z.string().min(16, 'Expected at least 16 characters')",
        test: 'usage-token-of-the-tests',
      },
      {
        name: 'USAGE_RETENTION_DAYS',
        description: 'Days that counts of requests are kept.',
        example: String(retentionDays),
        zod: `z.coerce.number().int().min(1).default(${retentionDays})`,
      },
    ],
    routes: [{ method: 'GET', path: '/api/usage', does: 'requests per route and answer' }],
    slots: {
      'app.endpoints': ['...usageTracker.endpoints'],
      'app.observers': ['usageTracker.observe'],
      'openapi.parts': ['usageTracker.openapi'],
      'ready.checks': ['usageTracker.check'],
      'server.start': ['usageTracker.start()'],
      'server.stop': ['usageTracker.stop()'],
    },
    schema: tableFor(app),
  }),
})

/** The key has to fit into an index: some databases allow it few bytes. */
function tableFor({ provider }: AppView): string {
  const text = (length: number): string => {
    if (provider === 'sqlite') return ''
    return ` @db.${provider === 'sqlserver' ? 'NVarChar' : 'VarChar'}(${length})`
  }
  return `/// Requests of one hour that had the same route and answer.
model UsageCount {
  /// Begin of the hour, UTC.
  hour DateTime
  method String${text(10)}
  /// Pattern of the address: /api/posts/:id.
  route String${text(180)}
  status Int
  requests Int
  /// Milliseconds that all of them took.
  totalMs Float

  @@id([hour, method, route, status])
  @@map("usage_counts")
}
`
}
