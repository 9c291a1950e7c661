import { NO_ARGUMENTS, parseArguments, type Arguments } from './arguments.js'
import { Check } from './check.js'
import { checkFlag, checkHidden, checkLabel, checkUi } from './field-checks.js'
import type { FieldAnnotations, Model, ModelAnnotations, Position } from './model.js'
import {
  checkAuth,
  checkPolicyAnnotation,
  checkRealtime,
  checkSearch,
  checkService,
} from './model-checks.js'
import { placeAnnotations, type Placed } from './placing.js'
import type { Catalog } from './policy-paths.js'
import { show, type Problem } from './problems.js'
import type { Source } from './source.js'
import { type AnnotationName, signed } from './vocabulary.js'

type Draft<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] }

/** What is said of a field; `hidden` is null where nothing is. */
export type FieldDraft = Omit<Draft<FieldAnnotations>, 'hidden'> & { hidden: boolean | null }
export type ModelDraft = Draft<ModelAnnotations> & { readonly fields: Map<string, FieldDraft> }

export type AnnotationsFound = {
  /** By model; those without annotations are there too. */
  readonly models: ReadonlyMap<string, ModelDraft>
  /** What is carried but not enforced yet: the annotation, its model, and where. */
  readonly unenforced: readonly { name: AnnotationName; model: string; at: Position }[]
  readonly problems: readonly Problem[]
}

/** Reads and checks every annotation of the schema; problems are collected, not thrown. */
export function readAnnotations(sources: readonly Source[], catalog: Catalog): AnnotationsFound {
  const reader = new Reader(catalog)
  for (const source of sources) {
    const { placed, problems } = placeAnnotations(source)
    reader.problems.push(...problems)
    for (const one of placed) reader.read(source, one)
  }
  return reader
}

class Reader {
  readonly models = new Map<string, ModelDraft>()
  readonly unenforced: { name: AnnotationName; model: string; at: Position }[] = []
  readonly problems: Problem[] = []
  private readonly seen = new Map<string, Position>()

  constructor(private readonly catalog: Catalog) {
    for (const name of catalog.models.keys())
      this.models.set(name, {
        auth: [],
        policies: [],
        services: [],
        realtime: null,
        search: null,
        fields: new Map(),
      })
  }

  read(source: Source, { found, name, model: modelName, field }: Placed): void {
    const check = new Check(source, found, name, this.problems)
    const model = this.catalog.models.get(modelName)
    if (model === undefined)
      return void check.fail(`${modelName} is @@ignore, so there is nothing to say of it.`)
    if (found.flaw !== null) return void check.failForm(found.flaw)
    const { inside, span } = found
    const args =
      inside === null
        ? NO_ARGUMENTS
        : check.attempt(() => parseArguments(span.text, inside.from, inside.to))
    if (args === null || this.isRepeated(check, modelName, field)) return
    if (field === null) this.readModel(check, args, model)
    else this.readField(check, args, model, field)
  }

  private readModel(check: Check, args: Arguments, model: Model): void {
    const draft = this.models.get(model.name)!
    switch (check.name) {
      case 'auth':
        push(draft.auth, checkAuth(check, args))
        break
      case 'policy':
        push(draft.policies, checkPolicyAnnotation(check, args, model, this.catalog))
        break
      case 'service':
        push(draft.services, checkService(check, args))
        break
      case 'realtime':
        draft.realtime = checkRealtime(check, args)
        break
      case 'search':
        draft.search = checkSearch(check, args, model)
    }
    if (check.name !== 'auth' && check.name !== 'policy')
      this.unenforced.push({ name: check.name, model: model.name, at: check.at })
  }

  private readField(check: Check, args: Arguments, model: Model, name: string): void {
    if (!model.fields.some((field) => field.name === name))
      return void check.fail(
        `${model.name}.${name} is @ignore or Unsupported: it never leaves the database.`,
      )
    const fields = this.models.get(model.name)!.fields
    const draft = fields.get(name) ?? emptyField()
    fields.set(name, draft)
    switch (check.name) {
      case 'hidden':
        draft.hidden = checkHidden(check, args)
        break
      case 'readonly':
      case 'writeonly':
        draft[check.name] = checkFlag(check, args) ?? false
        if (draft.readonly && draft.writeonly)
          check.fail('@readonly and @writeonly together leave nothing; @hidden does that.')
        break
      case 'label':
        draft.label = checkLabel(check, args)
        break
      case 'ui':
        draft.ui = checkUi(check, args)
        this.unenforced.push({ name: 'ui', model: model.name, at: check.at })
    }
  }

  /** All but these say one thing of one model or field. */
  private isRepeated(check: Check, model: string, field: string | null): boolean {
    if (check.name === 'policy' || check.name === 'service') return false
    const key = `${model}.${field ?? ''}${signed(check.name)}`
    const first = this.seen.get(key)
    if (first === undefined) this.seen.set(key, check.at)
    else check.fail(`It is there already, at ${show(first)}.`, check.found, check.text(check.found))
    return first !== undefined
  }
}

const push = <T>(list: T[], value: T | null): void => {
  if (value !== null) list.push(value)
}

export const emptyField = (): FieldDraft => ({
  hidden: null,
  readonly: false,
  writeonly: false,
  label: null,
  ui: null,
  policies: [],
})
