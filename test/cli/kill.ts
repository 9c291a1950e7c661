import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyFolder } from './run.js'

/**
 * A module that kills the process at the n-th change of the disk; a file is half written then.
 * @returns the environment that loads it. The number of changes goes to a file when the run lives to its end.
 */
export async function killedAt(step: number, count?: string): Promise<Record<string, string>> {
  const path = join(await emptyFolder(), 'kill.mjs')
  await writeFile(
    path,
    `import fs from 'node:fs/promises'
import { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
let steps = 0
for (const name of ['writeFile', 'rename', 'rm', 'rmdir', 'mkdir', 'chmod']) {
  const real = fs[name]
  fs[name] = async (...args) => {
    if (++steps === ${step}) {
      if (name === 'writeFile') writeFileSync(args[0], args[1].slice(0, args[1].length / 2))
      process.kill(process.pid, 'SIGKILL')
    }
    return real(...args)
  }
}
syncBuiltinESMExports()
process.on('exit', () => writeFileSync(${JSON.stringify(count ?? '/dev/null')}, String(steps)))
`,
  )
  return { NODE_OPTIONS: `--import=${new URL(`file://${path}`).href}` }
}
