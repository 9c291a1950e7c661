// The least a generator can do: load the parser, parse the schema, write the same bytes to the same paths.
// node bench/floor.mjs <schema> [<bytes> <index.json> <folder>]; without bytes it only parses.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const [schema, bytes, index, folder] = process.argv.slice(2)
const wasm = createRequire(import.meta.url)('@prisma/prisma-schema-wasm')
const prismaSchema = [[schema, readFileSync(schema, 'utf8')]]
JSON.parse(wasm.get_datamodel(JSON.stringify({ prismaSchema, noColor: true })))
if (bytes) {
  const all = readFileSync(bytes)
  const folders = new Set()
  let offset = 0
  for (const [path, length] of JSON.parse(readFileSync(index, 'utf8'))) {
    const target = join(folder, path)
    if (!folders.has(dirname(target))) mkdirSync(dirname(target), { recursive: true })
    folders.add(dirname(target))
    writeFileSync(target, all.subarray(offset, (offset += length)))
  }
}
