import { commandsOf, definePack, render, type AppView } from '../../src/kit/index.js'

const SERVICES = {
  mysql: {
    image: 'mariadb:11',
    settings: [
      { key: 'MARIADB_ROOT_PASSWORD', value: 'test' },
      { key: 'MARIADB_DATABASE', value: 'test' },
    ],
    port: 3306,
    health: 'healthcheck.sh --connect --innodb_initialized',
    url: 'mysql://root:test@127.0.0.1:3306/test',
  },
} as const

/** A GitHub workflow that runs what a developer runs: lint, types, tests, build. */
export const pack = definePack({
  id: 'ci',
  needs: ['base'],
  contribute: (app) => ({ files: [render('.github/workflows/ci.yml', viewOf(app), 'ci.yml')] }),
})

function viewOf(app: AppView): object {
  const { packageManager: pm } = app
  const { installLocked, run, bootstrap } = commandsOf(pm)
  return {
    service: app.provider === 'mysql' ? SERVICES.mysql : null,
    pnpm: pm === 'pnpm',
    yarn: pm === 'yarn',
    bun: pm === 'bun',
    // Bun has none there, and which Yarn it is turns out after Node is there.
    cache: pm === 'npm' || pm === 'pnpm' ? pm : null,
    bootstrap,
    install: installLocked,
    run,
  }
}
