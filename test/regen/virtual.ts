import { MANIFEST_PATH, parseManifest } from '../../src/merge/manifest.js'
import { mergeFiles, pathsOf, refuseMarkers, versionsOf } from '../../src/merge/merge.js'
import type { Change } from '../../src/state.js'
import { diskChanges, manifestOf } from '../../src/write/disk.js'
import type { Generated } from './generated.js'

/** An app whose disk is a map: what a run decides and writes, without the time that a disk takes. */
export class VirtualApp {
  readonly disk = new Map<string, string>()

  /** What `ssot generate` does. @throws UserError while conflict markers remain */
  generate({ files, schema, config }: Generated): Change[] {
    // What is generated from lies in the app: the user has changed it there.
    for (const { path, content } of schema.files)
      if (this.disk.size > 0) this.disk.set(`prisma/${path}`, content)
    const text = this.disk.get(MANIFEST_PATH)
    const previous = text === undefined ? null : parseManifest(text)
    const listed = new Map(previous?.outputs.map((output) => [output.path, output]))
    const read = (path: string): string | null => this.disk.get(path) ?? null
    const size = (path: string): number | null => {
      const text = read(path)
      return text === null ? null : Buffer.byteLength(text)
    }
    const snapshot = new Map(
      pathsOf(files, previous).map((path) => [
        path,
        versionsOf(path, listed.get(path), { read, size }),
      ]),
    )
    refuseMarkers(snapshot)
    const changes = mergeFiles(files, previous, snapshot)
    const manifest = manifestOf({
      ejected: [],
      upgradedTo: null,
      ...{ config, texts: [], name: 'app', files, schema, snapshot, changes },
    })
    for (const { path, content } of diskChanges(changes, files, snapshot, manifest))
      if (content === null) this.disk.delete(path)
      else this.disk.set(path, String(content))
    return changes
  }
}
