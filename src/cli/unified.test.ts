import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { unifiedDiff } from './unified.js'

describe('unifiedDiff', () => {
  it('shows changes with the lines around them, those that are near as one', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `${index}\n`)
    const changed = lines.with(10, 'ten\n').with(15, 'fifteen\n').toSpliced(35, 1)
    expect(unifiedDiff('a.ts', lines.join(''), changed.join(''))).toEqual([
      '--- a/a.ts',
      '+++ b/a.ts',
      '@@ -8,12 +8,12 @@',
      ...[' 7', ' 8', ' 9', '-10', '+ten', ' 11', ' 12', ' 13', ' 14', '-15', '+fifteen'],
      ...[' 16', ' 17', ' 18'],
      '@@ -33,7 +33,6 @@',
      ...[' 32', ' 33', ' 34', '-35', ' 36', ' 37', ' 38'],
    ])
  })

  it('says nothing of texts that are the same', () => {
    expect(unifiedDiff('a.ts', 'a\n', 'a\n')).toEqual([])
  })

  it('prints what git can apply, whatever the texts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ssot-diff-'))
    const text = fc
      .tuple(
        fc.array(fc.constantFrom('a', 'b', '', '-', '+', ' c', '\r'), { size: 'large' }),
        fc.boolean(),
      )
      .map(([lines, open]) => (open ? lines.join('\n') : lines.map((line) => `${line}\n`).join('')))
    const filled = text.filter((value) => value !== '')
    const pairs = fc.sample(
      fc.oneof(
        fc.record({ before: text, after: text }),
        fc.record({ before: fc.constant(null), after: filled }),
        fc.record({ before: filled, after: fc.constant(null) }),
      ),
      300,
    )
    const diffs = pairs.map(({ before, after }, index) => {
      if (before !== null) writeFileSync(join(folder, String(index)), before)
      return unifiedDiff(String(index), before, after)
    })
    writeFileSync(join(folder, 'patch'), `${diffs.flat().join('\n')}\n`)
    execFileSync('git', ['apply', '--whitespace=nowarn', 'patch'], { cwd: folder, stdio: 'pipe' })
    const read = (index: number): string | null => {
      const path = join(folder, String(index))
      return existsSync(path) ? readFileSync(path, 'utf8') : null
    }
    expect(pairs.map((_, index) => read(index))).toEqual(pairs.map(({ after }) => after))
  })
})
