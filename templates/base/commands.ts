import type { AppView } from '../../src/kit/index.js'

export type Commands = {
  readonly install: string
  /** Installs exactly what the lock file says. */
  readonly installLocked: string
  readonly installProduction: string
  /** Prefix of a script's name. */
  readonly run: string
  /** Prefix of a local bin. */
  readonly exec: string
  readonly lockfile: string
}

const COMMANDS: Readonly<Record<AppView['packageManager'], Commands>> = {
  npm: {
    install: 'npm install',
    installLocked: 'npm ci',
    installProduction: 'npm ci --omit=dev --ignore-scripts',
    run: 'npm run',
    exec: 'npx',
    lockfile: 'package-lock.json',
  },
  pnpm: {
    install: 'pnpm install',
    installLocked: 'pnpm install --frozen-lockfile',
    installProduction: 'pnpm install --frozen-lockfile --prod --ignore-scripts',
    run: 'pnpm run',
    exec: 'pnpm exec',
    lockfile: 'pnpm-lock.yaml',
  },
  yarn: {
    install: 'yarn install',
    installLocked: 'yarn install --frozen-lockfile',
    installProduction: 'yarn install --frozen-lockfile --production --ignore-scripts',
    run: 'yarn run',
    exec: 'yarn',
    lockfile: 'yarn.lock',
  },
  bun: {
    install: 'bun install',
    installLocked: 'bun install --frozen-lockfile',
    installProduction: 'bun install --frozen-lockfile --production --ignore-scripts',
    run: 'bun run',
    exec: 'bunx',
    lockfile: 'bun.lock',
  },
}

/** What to type with each package manager. */
export const commandsOf = (packageManager: AppView['packageManager']): Commands =>
  COMMANDS[packageManager]
