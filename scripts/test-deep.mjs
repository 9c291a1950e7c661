/**
 * Everything that takes longer than `npm test` may: all products of choices, long random runs, mutants, real package
 * managers. Usage: npm run test:deep [-- part ...]; without a part all of them, one after the other.
 */
import { spawn } from 'node:child_process'

const tests = (...projects) => [
  ...['npx', 'vitest', 'run'],
  ...projects.flatMap((it) => ['--project', it]),
]
const PARTS = {
  regen: tests('regen', 'cli'),
  fuzz: tests('fuzz'),
  contract: tests('contract', 'database'),
  search: tests('search'),
  examples: tests('examples'),
  apps: ['npm', 'run', 'test:apps'],
  nodes: ['npm', 'run', 'test:nodes'],
  services: ['npm', 'run', 'test:services'],
  mutants: ['npm', 'run', 'test:mutants'],
  matrix: ['npm', 'run', 'matrix'],
}

const asked = process.argv.slice(2)
const unknown = asked.filter((part) => !Object.hasOwn(PARTS, part))
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')}. The parts: ${Object.keys(PARTS).join(', ')}`,
  )
  process.exit(2)
}

/** @returns the exit code of a command, whose output is ours */
const run = ([program, ...args]) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, TEST_DEEP: '1' },
      stdio: 'inherit',
      shell: process.platform === 'win32',
    })
    child.once('error', reject)
    child.once('close', resolve)
  })

const results = []
for (const part of asked.length > 0 ? asked : Object.keys(PARTS)) {
  const started = Date.now()
  const code = await run(PARTS[part])
  results.push({ part, code, seconds: Math.round((Date.now() - started) / 1000) })
}
console.log()
for (const { part, code, seconds } of results)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${part}, ${seconds} s`)
if (results.some(({ code }) => code !== 0)) process.exitCode = 1
