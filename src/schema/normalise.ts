import { dropBareAnnotations } from './bare.js'
import { normaliseDatasources, toProvider } from './datasource.js'
import type { Edit } from './edits.js'
import { normaliseGenerators } from './generators.js'
import type { Notice, Provider } from './model.js'
import type { Problem } from './problems.js'
import type { Source } from './source.js'

export type NormaliseOptions = {
  /** Provider to use in place of the one the schema names. */
  readonly provider?: Provider
  /** Does this version of Prisma take the preview feature with this provider? */
  readonly acceptsPreview: (feature: string, provider: string) => boolean
}

/** What makes a schema of Prisma 5 or 6 one of Prisma 7, as edits of the text the user wrote. */
export type Normalised = {
  /** As the schema will name it; null where that is none that we know. */
  readonly provider: Provider | null
  readonly edits: ReadonlyMap<Source, readonly Edit[]>
  readonly notices: readonly Notice[]
  /** Annotations written where no correction is safe. */
  readonly problems: readonly Problem[]
}

/** Collects edits per file, with a notice for each thing that is taken out or moved. */
export class Changes {
  provider: Provider | null = null
  readonly edits = new Map<Source, Edit[]>()
  readonly notices: Notice[] = []
  readonly problems: Problem[] = []

  edit(source: Source, edit: Edit): void {
    const edits = this.edits.get(source)
    if (edits === undefined) this.edits.set(source, [edit])
    else edits.push(edit)
  }

  note(source: Source, offset: number, message: string): void {
    this.notices.push({ code: 'normalised', message, at: source.at(offset) })
  }
}

/**
 * Takes out or moves what Prisma 7 refuses and what the app brings itself; all other bytes stay.
 * @throws UserError when the schema has no models, or no datasource that says which database it is for
 */
export function normalise(sources: readonly Source[], options: NormaliseOptions): Normalised {
  const changes = new Changes()
  const provider = normaliseDatasources(sources, changes, options.provider)
  changes.provider = toProvider(provider)
  normaliseGenerators(sources, changes, (feature) => options.acceptsPreview(feature, provider))
  for (const source of sources) {
    dropByteOrderMark(source, changes)
    uniqueViews(source, changes)
    dropBareAnnotations(source, changes)
  }
  return changes
}

function dropByteOrderMark(source: Source, changes: Changes): void {
  if (!source.content.startsWith('\uFEFF')) return
  changes.edit(source, { start: 0, end: 1, text: '' })
  changes.note(source, 0, 'Took out the byte order mark, which Prisma refuses.')
}

/** A view can't have an id in Prisma 7; a unique does the same work. */
function uniqueViews(source: Source, changes: Changes): void {
  for (const view of source.blocks.filter((block) => block.kind === 'view')) {
    for (const member of view.members) {
      const match = /(?:^|\s)@@?(id)(?![\w.])/.exec(member.code)
      if (match === null) continue
      const end = member.offset + match.index + match[0].length
      const attribute = match[0].trim()
      changes.edit(source, { start: end - 2, end, text: 'unique' })
      changes.note(
        source,
        end - attribute.length,
        `View ${view.name}: ${attribute} became ${attribute.replace('id', 'unique')}, as views have no id in Prisma 7.`,
      )
    }
  }
}
