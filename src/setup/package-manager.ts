export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun'

/** A program with its arguments. */
export type Command = readonly [file: string, ...args: string[]]

/** Installs everything, development dependencies included, also where the environment says CI or production. */
export function installCommand(pm: PackageManager): Command {
  switch (pm) {
    case 'npm':
      return ['npm', 'install', '--include=dev', '--no-audit', '--no-fund']
    case 'pnpm':
      return ['pnpm', 'install', '--prod=false', '--no-frozen-lockfile']
    case 'yarn':
      return ['yarn', 'install']
    case 'bun':
      return ['bun', 'install']
  }
}

/** Installs everything, this tool anew: a copy that has changed is not noticed where its name is the same. */
export function renewCommand(pm: PackageManager, specifier: string): Command {
  const tool = `create-ssot-app@${specifier}`
  switch (pm) {
    case 'npm':
      return [...installCommand(pm), tool]
    case 'pnpm':
      return ['pnpm', 'add', '--save-dev', tool]
    case 'yarn':
    case 'bun':
      return [pm, 'add', '--dev', tool]
  }
}

/** Runs a script of package.json. */
export function scriptCommand(pm: PackageManager, script: string): Command {
  if (pm === 'npm') return script === 'test' ? ['npm', 'test'] : ['npm', 'run', script]
  return pm === 'bun' ? ['bun', 'run', script] : [pm, script]
}

/** Runs a program that a dependency brings. */
export function execCommand(pm: PackageManager, ...words: string[]): Command {
  switch (pm) {
    case 'npm':
      return ['npx', ...words]
    case 'pnpm':
      return ['pnpm', 'exec', ...words]
    case 'yarn':
      return ['yarn', ...words]
    case 'bun':
      return ['bunx', ...words]
  }
}
