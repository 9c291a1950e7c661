import {
  copy,
  definePack,
  render,
  type AppView,
  type FileSpec,
  type ModelView,
} from '../../src/kit/index.js'
import { controllerImports } from './imports.js'

/** One folder per model: types, checks, database, requests, routes. */
export const pack = definePack({
  id: 'layered',
  needs: ['base'],
  when: (app) => app.mode === 'layered',
  contribute: (app) => ({
    files: [
      ...app.models.flatMap((model) => modelFiles(viewOf(model))),
      render('src/models/index.ts', { models: byFile(app) }),
      ...(app.models.some(usesScalars) ? [copy('src/http/scalars.ts')] : []),
    ],
    slots: {
      'app.imports': [`import { resources } from './models/index.js'`],
      'app.resources': ['...resources'],
    },
  }),
})

const byFile = ({ models }: AppView): ModelView[] =>
  models.toSorted((a, b) => (a.file < b.file ? -1 : 1))

const usesScalars = ({ uses, operations: { create, update } }: ModelView): boolean =>
  uses.scalars && (create || update)

function modelFiles(view: ReturnType<typeof viewOf>): FileSpec[] {
  const { operations, file } = view
  const parts = ['dto', 'service', 'controller', 'routes']
  if (operations.create || operations.update) parts.push('validator')
  return [
    ...parts.map((part) =>
      render(`src/models/${file}/${file}.${part}.ts`, view, `src/models/model/${part}.ts`),
    ),
    render(`src/models/${file}/index.ts`, view, 'src/models/model/index.ts'),
  ]
}

/** What the templates of one model need beside its view. */
function viewOf(model: ModelView) {
  const { operations, type } = model
  const { create, update } = operations
  const replaceable = create && update
  // Without fixed columns a replacement looks like a new row.
  const ownReplace = replaceable && model.immutable.length > 0
  const dtoTypes = [
    ...(create ? [`Create${type}Dto`] : []),
    ...(ownReplace ? [`Replace${type}Dto`] : []),
    ...(update ? [`Update${type}Dto`] : []),
  ]
  return {
    ...model,
    replaceable,
    ownReplace,
    replaceSchema: ownReplace ? `replace${type}Schema` : `create${type}Schema`,
    replaceDto: ownReplace ? `Replace${type}Dto` : `Create${type}Dto`,
    validated: create || update,
    operationNames: operationNames(model, replaceable).join(', '),
    selects: operations.get || create || update,
    relationTypes: (create || update) && model.writableRelations.length > 0,
    createExtended: model.softForeignKeys.length > 0 || model.writableRelations.length > 0,
    dtoTypes: dtoTypes.join(', '),
    dtoComment: model.comment ?? `${model.label}, as the API answers it.`,
    validators: validatorsOf(model, ownReplace).join(', '),
    things: model.pluralLabel.charAt(0).toLowerCase() + model.pluralLabel.slice(1),
    bulkBodies: [...(create ? ['createManyBody'] : []), ...(update ? ['updateManyBody'] : [])].join(
      ', ',
    ),
    imports: controllerImports(model),
  }
}

function validatorsOf({ type, operations }: ModelView, ownReplace: boolean): string[] {
  return [
    ...(operations.create ? [`create${type}Schema`, `createMany${type}Schema`] : []),
    ...(ownReplace ? [`replace${type}Schema`] : []),
    ...(operations.update ? [`update${type}Schema`, `updateMany${type}Schema`] : []),
  ]
}

/** The functions of `http/operations` that its service calls. */
const operationNames = ({ operations }: ModelView, replaceable: boolean): string[] => [
  ...(operations.create ? ['createRow', 'createRows'] : []),
  ...(operations.delete ? ['deleteRow', 'deleteRows'] : []),
  ...(replaceable ? ['replaceRow'] : []),
  ...(operations.update ? ['updateRow', 'updateRows'] : []),
]
