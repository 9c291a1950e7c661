import {
  literal,
  pluginImports,
  render,
  type AppView,
  type Contributed,
  type FileSpec,
  type Slot,
} from '../../src/kit/index.js'
import { loginColumn } from '../auth/login.js'

/** The files in which plugins are printed, one line each; what no plugin fills leaves no trace. */
export const pluginHosts = (app: AppView): FileSpec[] => [
  host('src/server.ts', { start: 'server.start', stop: 'server.stop' }),
  host('src/http/exchange.ts', { observers: 'app.observers' }),
  host('src/http/health.ts', { checks: 'ready.checks' }),
  ...['dispatch', 'route'].map((name) =>
    render(`src/http/${name}.ts`, (all) => ({ signIn: asksWho(app, all) })),
  ),
  ...['access', 'context', 'hooked', 'respond', 'serialize', 'transaction'].map((name) =>
    render(`src/http/${name}.ts`, { signIn: app.signIn }),
  ),
  ...['operations', 'write'].map((name) =>
    render(`src/http/${name}.ts`, { login: loginColumn(app) ?? false }),
  ),
  render('src/http/security.ts', { cookies: app.plugins.some(({ id }) => id === 'jwt') }),
  {
    ...host('src/http/authenticate.ts', { authenticators: 'app.authenticators' }),
    when: (all) => asksWho(app, all),
  },
  {
    ...render('src/plugins/index.ts', (all) => ({ plugins: usedPlugins(app, all) })),
    when: (all) => usedPlugins(app, all).length > 0,
  },
]

/** Does a request need to know who calls? */
const asksWho = ({ signIn }: AppView, { slots }: Contributed): boolean =>
  signIn || slots['app.authenticators'].length > 0

/** A file that prints the lines of some slots, each by its name in the template. */
const host = (path: string, slots: Readonly<Record<string, Slot>>): FileSpec =>
  render(path, (all) => ({
    plugins: pluginImports(all, ...Object.values(slots)),
    ...Object.fromEntries(Object.entries(slots).map(([name, slot]) => [name, all.slots[slot]])),
  }))

function usedPlugins({ plugins }: AppView, { filledBy }: Contributed): AppView['plugins'] {
  const used = new Set(Object.values(filledBy).flat())
  return plugins
    .filter(({ variable }) => used.has(variable))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** What `ssot.config.ts` says of plugins, as literals; null where it says nothing. */
export function pluginChoices(plugins: AppView['plugins']): object {
  const listed = plugins.flatMap((plugin) => plugin.listed ?? [])
  const given = plugins.filter((plugin) => Object.keys(plugin.given).length > 0)
  return {
    plugins: listed.length === 0 ? null : literal(listed),
    pluginOptions:
      given.length === 0
        ? null
        : literal(Object.fromEntries(given.map((plugin) => [plugin.id, plugin.given]))),
  }
}
