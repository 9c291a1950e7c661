import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { basePath, parseManifest } from '../../src/merge/manifest.js'
import { plain } from '../../src/merge/lines.js'
import { repo } from '../support/repo.js'

const FIXTURES = join(repo, 'test', 'upgrade', 'fixtures')

/** Lines that the user wrote, by file; those of a file that was deleted are none. */
export type Edits = Readonly<Record<string, readonly string[]>>

/**
 * An app of an older version on disk, with edits. `made.txt` holds what was generated, file after file; `edits.diff` what a
 * user did then. The copy of the tool is left out, and the last generated texts are those of `made.txt`.
 */
export class OldApp {
  readonly root: string
  readonly edits: Edits

  constructor(name: string) {
    this.root = join(mkdtempSync(join(tmpdir(), 'ssot-upgrade-')), name)
    const made = filesIn(read(name, 'made.txt'))
    for (const [path, text] of made) this.write(path, text)
    const manifest = parseManifest(this.read('.ssot/generation.json'))
    for (const { path, yours } of manifest.outputs)
      if (!yours) this.write(basePath(path), made.get(path)!)
    const diff = read(name, 'edits.diff')
    execFileSync('git', ['apply', '-'], { cwd: this.root, input: diff })
    this.edits = addedLines(diff)
  }

  read = (path: string): string => readFileSync(join(this.root, path), 'utf8')

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true })
    writeFileSync(join(this.root, path), text)
  }

  remove(): void {
    rmSync(dirname(this.root), { recursive: true, force: true, maxRetries: 5 })
  }
}

const read = (name: string, file: string): string =>
  plain(readFileSync(join(FIXTURES, name, file), 'utf8'))

/** Each file begins with a line `==== <path>`. */
const filesIn = (text: string): Map<string, string> =>
  new Map(
    text
      .split(/^==== /m)
      .slice(1)
      .map((part) => {
        const end = part.indexOf('\n')
        return [part.slice(0, end), part.slice(end + 1)]
      }),
  )

function addedLines(diff: string): Edits {
  const edits: Record<string, string[]> = {}
  let path = ''
  for (const line of diff.split('\n')) {
    const file = /^\+\+\+ (?:b\/(.+)|\/dev\/null)$/.exec(line)
    if (file) path = file[1] ?? ''
    else if (path !== '' && line.startsWith('+')) (edits[path] ??= []).push(line.slice(1))
  }
  return edits
}
