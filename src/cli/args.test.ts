import { describe, expect, it } from 'vitest'
import { parseArgs } from './args.js'
import { shellQuote } from './quote.js'

const flags = {
  dryRun: { kind: 'switch' },
  quiet: { kind: 'switch', short: 'q' },
  mode: { kind: 'choice' },
} as const

describe('the command line', () => {
  it.each([
    [['app', '--dry-run', '-q'], { dryRun: true, quiet: true }, ['app']],
    [['--no-dry-run', '--mode', 'layered'], { dryRun: false, mode: 'layered' }, []],
    [['--mode=', '--quiet=yes'], { mode: '', quiet: 'yes' }, []],
    [['--', '--mode'], {}, ['--mode']],
    [['-', '--mode=-x'], { mode: '-x' }, ['-']],
  ])('%j', (argv, values, positionals) => {
    expect(parseArgs(argv, flags)).toEqual({ values, positionals })
  })

  it.each([
    [['--mod', 'x'], 'Unknown flag --mod.'],
    [['--no-mode'], 'Unknown flag --no-mode.'],
    [['--mode'], '--mode needs a value.'],
    [['--mode', '--quiet'], '--mode needs a value.'],
    [['--no-quiet=1'], '--no-quiet takes no value.'],
    [['--quiet', '--no-quiet'], '--quiet is given twice.'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArgs(argv, flags)).toThrow(message)
  })
})

describe('quoting', () => {
  it.each([
    ['plain-1.2/x', 'linux', 'plain-1.2/x'],
    ["it's $HOME", 'linux', "'it'\\''s $HOME'"],
    ['', 'linux', "''"],
    ['C:\\my app', 'win32', '"C:\\my app"'],
    ['C:\\app', 'win32', 'C:\\app'],
  ] as const)('%s on %s', (word, platform, quoted) => {
    expect(shellQuote(word, platform)).toBe(quoted)
  })
})
