import { createClient } from '@hey-api/openapi-ts'
import { writeFile } from 'node:fs/promises'
import openapiTS, { astToString } from 'openapi-typescript'
import { generate } from 'orval'

// Makes every client of the document; the address of the app is the argument.
const input = './openapi.json'

await createClient({
  input,
  output: 'generated/hey-api',
  plugins: ['@hey-api/client-fetch', '@hey-api/sdk', '@hey-api/typescript'],
})

await writeFile(
  'generated/schema.d.ts',
  astToString(await openapiTS(new URL(input, import.meta.url))),
)

for (const [target, client, baseUrl] of [
  ['generated/orval-axios.ts', 'axios-functions', undefined],
  ['generated/orval-fetch.ts', 'fetch', process.argv[2]],
]) {
  await generate({ input: { target: input }, output: { target, client, baseUrl, mode: 'single' } })
}
