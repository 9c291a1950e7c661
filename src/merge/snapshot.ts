import { isUtf8 } from 'node:buffer'
import { closeSync, existsSync, lstatSync, openSync, readSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../errors.js'
import { refuseLink } from '../links.js'
import { BASE_FOLDER, MANIFEST_PATH, parseManifest, type Manifest } from './manifest.js'
import { versionsOf, type Snapshot } from './merge.js'
import { RECORD_PATH, parseRecord, type SchemaRecord } from '../schema/rename/record.js'

/** @returns the manifest of the last run; null where no run was made. @throws UserError when it can't be used */
export function readManifest(root: string): Manifest | null {
  const text = readManifestText(root)
  return text === null ? null : parseManifest(text)
}

/** True where a run noted what the schema said. */
export const isRecorded = (root: string): boolean => existsSync(join(root, RECORD_PATH))

/** @returns what the last run noted of the schema; null where none did. @throws UserError when it can't be used */
export function readRecord(root: string): SchemaRecord | null {
  const text = readText(root, RECORD_PATH)
  return text === null ? null : parseRecord(text)
}

/** The same. @throws UserError also where no run was made */
export function requireManifest(root: string): Manifest {
  const manifest = readManifest(root)
  if (manifest !== null) return manifest
  throw new UserError(`The app was never generated: there is no ${MANIFEST_PATH}.`, [
    'Restore it from version control, or run: ssot generate',
  ])
}

/** The manifest as it is written. */
export const readManifestText = (root: string): string | null => readText(root, MANIFEST_PATH)

/**
 * Reads what is on disk for the given paths: thousands of small files, one after the other. All at once they would
 * need more open files than a process may have.
 * @throws UserError when a path is reached through a symbolic link: writing there could leave the app
 */
export function takeSnapshot(
  root: string,
  paths: readonly string[],
  previous: Manifest | null,
): Snapshot {
  if (!existsSync(root)) return new Map(paths.map((path) => [path, NOTHING]))
  refuseLinks(root, paths)
  const listed = new Map(previous?.outputs.map((output) => [output.path, output]))
  const disk = {
    read: (path: string) => readText(root, path),
    size: (path: string) => stat(root, path)?.size ?? null,
  }
  return new Map(paths.map((path) => [path, versionsOf(path, listed.get(path), disk)]))
}

const NOTHING = { ours: null, base: null, stored: null }

/** The folders of bases are those of the files, below one of their own. */
function refuseLinks(root: string, paths: readonly string[]): void {
  const folders = new Set(paths.flatMap(parents))
  const bases = [...folders].map((folder) => `${BASE_FOLDER}/${folder}`)
  for (const path of ['.ssot', BASE_FOLDER, ...folders, ...bases, ...paths]) refuseLink(root, path)
}

function parents(path: string): string[] {
  const segments = path.split('/').slice(0, -1)
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'))
}

/** What a path is, seen without following a link; null where there is nothing. */
const stat = (root: string, path: string): Stats | null =>
  ifThere(() => lstatSync(join(root, path), { throwIfNoEntry: false }) ?? null)

/** @throws UserError for bytes that are no UTF-8: as text they could not be written again as they were */
function readText(root: string, path: string): string | null {
  const bytes = ifThere(() => readBytes(join(root, path)))
  if (bytes === null || isUtf8(bytes)) return bytes?.toString('utf8') ?? null
  throw new UserError(`'${path}' is not encoded in UTF-8.`, ['Save it as UTF-8.'])
}

/** One for all files: to make room for each of thousands takes longer than to read it. */
let room = Buffer.allocUnsafe(65_536)

/** The bytes of a file; they hold until the next one is read. */
function readBytes(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    for (let length = 0; ;) {
      const read = readSync(file, room, length, room.length - length, null)
      if (read === 0) return room.subarray(0, length)
      length += read
      if (length === room.length) room = Buffer.concat([room], 2 * length)
    }
  } finally {
    closeSync(file)
  }
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
