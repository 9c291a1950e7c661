/**
 * Requests per second of the generated blog against a server written by hand for the same framework, which sends
 * Prisma the same queries on the same SQLite file. The two are loaded in turn. Prints ratios; asserts nothing.
 */
import { isDeepStrictEqual } from 'node:util'
import autocannon from 'autocannon'
import { GENERATED, HANDWRITTEN, compileBlog, startServer, withBlog, type Server } from './app.js'
import { machine, middle, row, times } from './measure.js'

const ROUNDS = 5
const SECONDS = 2
const POSTS = 24

type Scenario = {
  readonly name: string
  readonly path: string
  readonly request?: Pick<autocannon.Request, 'method' | 'headers' | 'setupRequest'>
}
type Post = { readonly id: string; readonly authorId: string }

/** The requests that are measured, on a blog that has a page full of posts with comments. */
async function scenariosFor({ url }: Server): Promise<Scenario[]> {
  const { data } = (await read(`${url}/api/posts`)) as { data: Post[] }
  const [post] = data
  if (!post) throw new Error('The blog has no sample post.')
  const { authorId } = post
  for (let index = data.length; index < POSTS; index++) {
    const created = (await send(`${url}/api/posts`, newPost(authorId))) as { data: Post }
    const comment = { body: 'Text', postId: created.data.id, authorId }
    for (let count = 0; count < 3; count++) await send(`${url}/api/comments`, comment)
  }
  return [
    { name: 'list of 20, include=comments', path: '/api/posts?include=comments' },
    { name: 'get by id', path: `/api/posts/${post.id}` },
    {
      name: 'create',
      path: '/api/posts',
      request: {
        method: 'POST',
        headers: JSON_TYPE,
        setupRequest: (request) => ({ ...request, body: JSON.stringify(newPost(authorId)) }),
      },
    },
  ]
}

const JSON_TYPE = { 'content-type': 'application/json' }
let slugs = 0
const newPost = (authorId: string): object => ({
  title: 'Bench',
  slug: `bench-${slugs++}`,
  content: 'Text',
  authorId,
})

async function read(url: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(url, init)
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json()
}

const send = (url: string, body: object): Promise<unknown> =>
  read(url, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) })

/** Both must answer the same rows, or the comparison would say nothing. */
async function checkSame(path: string, servers: readonly Server[]): Promise<void> {
  const answers = await Promise.all(servers.map(({ url }) => read(url + path)))
  const [a, b] = answers.map((answer) => (answer as { data: unknown }).data)
  if (!isDeepStrictEqual(a, b)) throw new Error(`${path}: the two servers answer different rows.`)
}

async function requestsPerSecond(
  { name, path, request = {} }: Scenario,
  { url }: Server,
): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    requests: [{ path, ...request }],
    connections: 10,
    duration: SECONDS,
  })
  if (non2xx > 0 || errors > 0)
    throw new Error(`${name}: ${non2xx} answers other than 2xx, ${errors} errors`)
  return requests.average
}

async function measure(label: string, scenario: Scenario, ours: Server, theirs: Server) {
  const pairs: (readonly [number, number])[] = []
  // Round 0 warms up. Who goes first changes, as the second finds a larger table.
  for (let round = 0; round <= ROUNDS; round++) {
    const first = await requestsPerSecond(scenario, round % 2 ? theirs : ours)
    const second = await requestsPerSecond(scenario, round % 2 ? ours : theirs)
    if (round > 0) pairs.push(round % 2 ? [second, first] : [first, second])
  }
  const { a, b, ratio } = middle(pairs)
  row([`${label}: ${scenario.name}`, a.toFixed(0), b.toFixed(0), times(ratio)])
}

async function compareServers(folder: string, framework: string, mode: string): Promise<void> {
  compileBlog(folder, framework)
  const ours = await startServer(folder, GENERATED)
  const theirs = await startServer(folder, HANDWRITTEN)
  try {
    for (const scenario of await scenariosFor(ours)) {
      if (!scenario.request) await checkSame(scenario.path, [ours, theirs])
      await measure(`${framework}, ${mode}`, scenario, ours, theirs)
    }
  } finally {
    await Promise.all([ours.stop(), theirs.stop()])
  }
}

console.log(machine())
row(['requests per second', 'generated', 'by hand', 'ratio'])
for (const framework of ['express', 'fastify'])
  for (const mode of ['registry', 'layered'])
    await withBlog(framework, mode, (folder) => compareServers(folder, framework, mode))
