import type { AppView } from '../view/app.js'

export type Commands = {
  readonly install: string
  /** Installs exactly what the lock file says. */
  readonly installLocked: string
  readonly installProduction: string
  /** Prefix of a script's name. */
  readonly run: string
  /** Prefix of a local bin. */
  readonly exec: string
  /** Files that decide what is installed, beside package.json. */
  readonly lockfile: string
  /** How the manager itself gets onto a machine that has Node alone; reads the lock file. */
  readonly bootstrap: string | null
}

/** A lock file of Yarn 2 or later, which Yarn 1 can't read: it is what comes with Node's images. */
const BERRY = "grep -q '^__metadata:' yarn.lock"

const COMMANDS: Readonly<Record<AppView['packageManager'], Commands>> = {
  npm: {
    install: 'npm install',
    installLocked: 'npm ci',
    installProduction: 'npm ci --omit=dev --ignore-scripts',
    run: 'npm run',
    exec: 'npx',
    lockfile: 'package-lock.json',
    bootstrap: null,
  },
  pnpm: {
    install: 'pnpm install',
    installLocked: 'pnpm install --frozen-lockfile',
    installProduction: 'pnpm install --frozen-lockfile --prod --ignore-scripts',
    run: 'pnpm run',
    exec: 'pnpm exec',
    lockfile: 'pnpm-lock.yaml pnpm-workspace.yaml',
    bootstrap: 'npm install --global pnpm@12',
  },
  yarn: {
    install: 'yarn install',
    installLocked: 'yarn install --frozen-lockfile',
    installProduction: `if ${BERRY}; then yarn workspaces focus --production; else yarn install --frozen-lockfile --production --ignore-scripts; fi`,
    run: 'yarn run',
    exec: 'yarn',
    lockfile: 'yarn.lock .yarnrc .yarnrc.yml',
    bootstrap: `if ${BERRY}; then npm install --global --force @yarnpkg/cli-dist@4; fi`,
  },
  bun: {
    install: 'bun install',
    installLocked: 'bun install --frozen-lockfile',
    installProduction: 'bun install --frozen-lockfile --production --ignore-scripts',
    run: 'bun run',
    exec: 'bunx',
    lockfile: 'bun.lock',
    bootstrap: 'npm install --global bun@1',
  },
}

/** What to type with each package manager. */
export const commandsOf = (packageManager: AppView['packageManager']): Commands =>
  COMMANDS[packageManager]
