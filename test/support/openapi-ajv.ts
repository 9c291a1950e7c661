import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

/** A part of a document, whatever it is. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Node = any

/** What validates against the schemas of a document, which is known as `openapi`. */
export function ajvOf(document: Node): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strictTypes: true,
    allowUnionTypes: true,
    ownProperties: true,
    // Compiles each schema once, however many others refer to it.
    inlineRefs: false,
  })
  addFormats.default(ajv)
  // What stands at the root of a document, which is no schema.
  ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'tags', 'paths', 'components'])
  return ajv.addSchema(document, 'openapi', false, false)
}

/** The document with nothing required of rows: of what stands below `data`, and of all that this leads to. */
export function withoutRequired(document: Node): Node {
  const copy = structuredClone(document)
  const { schemas } = copy.components
  const rows = new Set<string>()
  const follow = (node: Node): void => {
    if (typeof node !== 'object' || node === null) return
    if (typeof node.$ref === 'string') {
      const name = node.$ref.split('/').at(-1)
      if (rows.has(name)) return
      rows.add(name)
      follow(schemas[name])
    } else Object.values(node).forEach(follow)
  }
  for (const item of Object.values<Node>(copy.paths))
    for (const operation of Object.values<Node>(item))
      for (const status of ['200', '201']) {
        const content = operation.responses?.[status]?.content?.['application/json']
        const name = content?.schema.$ref?.split('/').at(-1)
        follow(schemas[name]?.properties?.data)
      }
  for (const name of rows) delete schemas[name].required
  return copy
}
