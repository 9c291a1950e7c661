import type { RawDatamodel, RawEnum, RawField, RawIndex, RawModel } from './datamodel.js'
import { computedBy } from './computed.js'
import { defaultOf } from './defaults.js'
import { splitDocumentation } from './doc-lines.js'
import { chooseKey, indexesOf, primaryKeyOf, uniquesOf } from './keys.js'
import type {
  Enum,
  Field,
  FieldAnnotations,
  Model,
  ModelAnnotations,
  Provider,
  ScalarField,
  ScalarType,
} from './model.js'
import { fieldPosition, hasAttribute, mustBeGiven, typeOf, type Place } from './places.js'
import { relationsOf, type RelationFacts } from './relations.js'

const NO_FIELD_ANNOTATIONS: FieldAnnotations = {
  hidden: false,
  readonly: false,
  writeonly: false,
  label: null,
  ui: null,
  policies: [],
}

const NO_MODEL_ANNOTATIONS: ModelAnnotations = {
  auth: [],
  policies: [],
  services: [],
  realtime: null,
  search: null,
}

const NONE: readonly string[] = []

type Context = {
  readonly place: Place
  readonly foreignKeys: ReadonlyMap<string, readonly string[]>
  readonly relationOf: (model: RawModel, field: RawField) => RelationFacts | null
}

/**
 * Prisma's data model and the places in the text → models, as if the schema had no annotations. These are needed
 * to check annotations; whether a model is a junction is told once its key is final.
 */
export function buildModels(
  datamodel: RawDatamodel,
  places: ReadonlyMap<string, Place>,
  provider: Provider,
): Model[] {
  const relationOf = relationsOf(datamodel)
  const indexes = new Map<string, RawIndex[]>(datamodel.models.map(({ name }) => [name, []]))
  for (const index of datamodel.indexes) indexes.get(index.model)?.push(index)
  return datamodel.models.map((model) => {
    const place = places.get(model.name)!
    const context = { place, relationOf, foreignKeys: foreignKeysOf(model) }
    return buildModel(model, context, indexes.get(model.name)!, provider)
  })
}

function buildModel(
  raw: RawModel,
  context: Context,
  indexes: readonly RawIndex[],
  provider: Provider,
): Model {
  const { place } = context
  const fields = new Map(raw.fields.map((field) => [field.name, field]))
  const uniques = uniquesOf(raw).filter((key) => key.fields.every((name) => fields.has(name)))
  const key = chooseKey(uniques, (name) => fields.get(name)!.isRequired)
  const built = raw.fields.flatMap((field) => buildField(raw, field, context))
  return {
    name: raw.name,
    dbName: raw.dbName ?? raw.name,
    dbSchema: raw.schema,
    kind: place.block.kind === 'view' ? 'view' : 'model',
    documentation: withoutAnnotations(raw.documentation),
    fields: built,
    key,
    primaryKey: primaryKeyOf(raw)?.fields ?? [],
    uniques,
    indexes: indexesOf(raw, fields, indexes, provider),
    junction: false,
    unseen: unseenOf(place, new Set(built.map(({ name }) => name))),
    annotations: NO_MODEL_ANNOTATIONS,
    at: place.at,
  }
}

/** Relation fields by each scalar that is part of their foreign key. */
function foreignKeysOf(model: RawModel): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const { name, relationFromFields = [] } of model.fields)
    for (const scalar of relationFromFields) found.set(scalar, [...(found.get(scalar) ?? []), name])
  return found
}

function buildField(model: RawModel, raw: RawField, context: Context): Field[] {
  if (raw.kind === 'object') {
    const facts = context.relationOf(model, raw)
    if (facts === null) return []
    return [
      {
        kind: 'relation',
        type: raw.type,
        name: raw.name,
        dbName: raw.name,
        list: raw.isList,
        required: raw.isRequired,
        documentation: withoutAnnotations(raw.documentation),
        annotations: NO_FIELD_ANNOTATIONS,
        at: fieldPosition(context.place, raw.name),
        ...facts,
      },
    ]
  }
  // Written out, not spread: there are tens of thousands of these in a large schema.
  const column: ScalarField = {
    kind: 'scalar',
    type: raw.type as ScalarType,
    name: raw.name,
    dbName: raw.dbName ?? raw.name,
    list: raw.isList,
    required: raw.isRequired,
    documentation: withoutAnnotations(raw.documentation),
    annotations: NO_FIELD_ANNOTATIONS,
    at: fieldPosition(context.place, raw.name),
    id: raw.isId,
    unique: raw.isUnique,
    updatedAt: raw.isUpdatedAt ?? false,
    default: defaultOf(raw, context.place),
    computedBy: computedBy(raw, model),
    nativeType:
      raw.nativeType == null ? null : { name: raw.nativeType[0], args: raw.nativeType[1] },
    foreignKeyOf: context.foreignKeys.get(raw.name) ?? NONE,
  }
  return [raw.kind === 'enum' ? { ...column, kind: 'enum', type: raw.type } : column]
}

/** Fields of the text that the client does not have, or can't use as the other side is not there. */
function unseenOf({ source, members }: Place, built: ReadonlySet<string>): Model['unseen'] {
  return [...members.values()].flatMap((member) => {
    if (built.has(member.name)) return []
    const unsupported = typeOf(member) === 'Unsupported'
    return [
      {
        name: member.name,
        reason: unsupported ? 'unsupported' : 'ignored',
        blocksCreate: !hasAttribute(member, 'relation') && mustBeGiven(member),
        at: source.at(member.offset),
      },
    ]
  })
}

export function buildEnums(datamodel: RawDatamodel): Enum[] {
  return datamodel.enums.map((raw: RawEnum) => ({
    name: raw.name,
    dbName: raw.dbName ?? raw.name,
    documentation: withoutAnnotations(raw.documentation),
    values: raw.values.map((value) => ({
      name: value.name,
      dbName: value.dbName ?? value.name,
      documentation: withoutAnnotations(value.documentation),
    })),
  }))
}

/** The text that is left when annotations are taken out; null where nothing is. */
function withoutAnnotations(documentation: string | undefined): string | null {
  if (documentation === undefined) return null
  if (!documentation.includes('@')) return documentation.trim() === '' ? null : documentation
  const lines = documentation.split('\n').map((text) => ({ text, offset: 0 }))
  const { found, prose } = splitDocumentation(lines)
  if (found.length === 0) return documentation
  const text = prose.join('\n').trim()
  return text === '' ? null : text
}
