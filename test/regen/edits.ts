import * as fc from 'fast-check'

/** Something that a user does to one file. */
export type Edit = {
  /** Which file: a place between 0 and 1 in the list of those on disk. */
  readonly file: number
  /**
   * @param id tells this edit from all others
   * @returns new texts by path; null for a file that goes
   */
  change(path: string, text: string, id: number): Record<string, string | null>
}

type Change = (
  path: string,
  lines: string[],
  at: number,
  id: number,
) => Record<string, string | null>

const comment = (path: string, id: number): string =>
  /\.(ts|prisma)$/.test(path)
    ? `// Mine, ${id}.`
    : path.endsWith('.json')
      ? `"mine${id}": ${id},`
      : `# Mine, ${id}.`

const joined = (path: string, lines: readonly string[]) => ({ [path]: lines.join('\n') })

const CHANGES: Readonly<Record<string, Change>> = {
  addLine: (path, lines, at, id) => {
    // A key of the outermost object: anywhere else it might not be JSON any more.
    const place = path.endsWith('.json') ? 1 : at
    return joined(path, lines.toSpliced(place, 0, comment(path, id)))
  },
  addLines: (path, lines, at, id) =>
    path.endsWith('.json')
      ? {}
      : joined(path, lines.toSpliced(at, 0, '', comment(path, id), comment(path, id + 0.5), '')),
  addImport: (path, lines, _, id) => {
    const last = lines.findLastIndex((line) => line.startsWith('import '))
    return last < 0
      ? {}
      : joined(path, lines.toSpliced(last + 1, 0, `import { mine${id} } from './mine-${id}.js'`))
  },
  changeLine: (path, lines, at, id) =>
    path.endsWith('.json')
      ? {}
      : joined(path, lines.with(at, `${lines[at]!} ${comment(path, id)}`)),
  changeValue: (path, lines, at, id) =>
    joined(path, lines.with(at, lines[at]!.replace(/^( *"[^"]+": )"[^"]*"/, `$1"mine ${id}"`))),
  removeLines: (path, lines, at) =>
    path.endsWith('.json') ? {} : joined(path, lines.toSpliced(at, 1 + (at % 3))),
  moveLines: (path, lines, at) =>
    path.endsWith('.json')
      ? {}
      : joined(path, [...lines.slice(at, at + 3), ...lines.toSpliced(at, 3)]),
  useTabs: (path, lines) =>
    joined(
      path,
      lines.map((line) => line.replace(/^( {2})+/, (spaces) => '\t'.repeat(spaces.length / 2))),
    ),
  useWindowsLines: (path, lines) =>
    joined(path, [lines.map((line) => line.replace(/\r$/, '')).join('\r\n')]),
  takeEnd: (path, lines) => ({ [path]: lines.join('\n').trimEnd() }),
  removeFile: (path) => ({ [path]: null }),
  moveFile: (path, lines, _, id) => ({ [path]: null, [`mine/${id}/${path}`]: lines.join('\n') }),
  addFile: (path, _lines, _at, id) => ({
    [path.replace(/[^/]*$/, `mine-${id}.ts`)]: `export const mine = ${id}\n`,
  }),
  empty: (path) => ({ [path]: '' }),
}

/** What people do most. */
const USUAL = ['addLine', 'changeLine', 'addImport', 'changeValue']
const KINDS = [...Object.keys(CHANGES), ...USUAL, ...USUAL, ...USUAL]

/** Every part of a file, and every file, is as likely as any other. */
const place = fc.noBias(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))

/** Every kind of edit, at any place of any file. */
export const edits: fc.Arbitrary<Edit> = fc
  .record({ kind: fc.noBias(fc.constantFrom(...KINDS)), file: place, place })
  .map(({ kind, file, place }) => ({
    file,
    change: (path, text, id) => {
      const lines = text.split('\n')
      return CHANGES[kind]!(path, lines, Math.floor(place * lines.length), id)
    },
    toString: () => `${kind} of file ${file} at ${place}`,
  }))
