import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { ApiResponse, Endpoint, Resource } from '../http/route.js'
import { openApiDocument } from './document.js'
import { info } from './info.js'

const assets = createRequire(import.meta.url)

const ASSETS = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
} as const

/** `/openapi.json` for machines, `/docs` for people. The page's assets come from a dependency, not from a CDN. */
export function docsEndpoints(resources: readonly Resource[]): readonly Endpoint[] {
  let document: string | undefined
  return [
    {
      method: 'GET',
      path: '/openapi.json',
      open: true,
      handler: () => {
        document ??= JSON.stringify(openApiDocument(info, resources))
        return content(document, 'application/json; charset=utf-8')
      },
    },
    {
      method: 'GET',
      path: '/docs',
      open: true,
      handler: () => content(PAGE, 'text/html; charset=utf-8'),
    },
    {
      method: 'GET',
      path: '/docs/start.js',
      open: true,
      handler: () => content(START, 'text/javascript; charset=utf-8'),
    },
    ...Object.entries(ASSETS).map(([name, type]) => asset(name, type)),
  ]
}

const asset = (name: string, type: string): Endpoint => ({
  method: 'GET',
  path: `/docs/${name}`,
  open: true,
  handler: async () => {
    const file = await readFile(assets.resolve(`swagger-ui-dist/${name}`))
    return content(file, type, { 'cache-control': 'public, max-age=86400' })
  },
})

const content = (
  text: string | Uint8Array,
  type: string,
  headers: ApiResponse['headers'] = {},
): ApiResponse => ({
  status: 200,
  content: text,
  headers: { 'cache-control': 'no-cache', ...headers, 'content-type': type },
})

// The security policy allows no inline script, so the page loads its own from here.
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>API documentation</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
    <script src="/docs/swagger-ui-bundle.js" defer></script>
    <script src="/docs/start.js" defer></script>
  </head>
  <body>
    <main id="docs"></main>
  </body>
</html>
`

const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
})
`
