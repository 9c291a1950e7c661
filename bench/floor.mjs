// The least a generator can do: load the parser, parse the schema, write the same bytes to the same paths.
// node bench/floor.mjs <schema> [<files.json> <folder>]; without files it only parses.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const [schema, files, folder] = process.argv.slice(2)
const wasm = createRequire(import.meta.url)('@prisma/prisma-schema-wasm')
const prismaSchema = [[schema, readFileSync(schema, 'utf8')]]
JSON.parse(wasm.get_datamodel(JSON.stringify({ prismaSchema, noColor: true })))
if (files) {
  const folders = new Set()
  for (const [path, text] of JSON.parse(readFileSync(files, 'utf8'))) {
    const target = join(folder, path)
    if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true })
    folders.add(dirname(target))
    writeFileSync(target, text, 'latin1')
  }
}
