import type { ApiRequest, ApiResponse, MatchedRoute } from './route.js'

/** The headers of a request, and which of them were asked for. */
export interface AskedHeaders {
  readonly asked: ReadonlySet<string>
  readonly header: ApiRequest['header']
}

/** What is asked of these decides whether there is an answer, and not what it says. */
const NOT_VARYING = /^(?:if-|content-)|^x-forwarded-for$/

/** Notes which headers are asked for: by them the answer may differ. */
export function notingHeaders(header: ApiRequest['header']): AskedHeaders {
  const asked = new Set<string>()
  return {
    asked,
    header(name) {
      if (!NOT_VARYING.test(name.toLowerCase())) asked.add(name.toLowerCase())
      return header(name)
    },
  }
}

/**
 * Says of an answer who may keep it. Of rows, a cache asks first whether they are still the same, and none that others
 * share keeps what was answered to somebody, unless the handler says `public`; of all else, nobody keeps anything where
 * the handler says nothing.
 * @param isPersonal it is known who calls
 */
export function withCaching(
  response: ApiResponse,
  route: MatchedRoute | null,
  { asked, header }: AskedHeaders,
  isPersonal: boolean,
): ApiResponse {
  const headers = inLowerCase(response.headers)
  const said = headers['cache-control']
  if (route?.model === undefined)
    return { ...response, headers: { ...headers, 'cache-control': said ?? 'no-store' } }
  const names = [...asked].sort()
  const shared = !isPersonal && names.every((name) => header(name) === undefined)
  const vary = [...new Set([...namesIn(headers['vary']), ...names])].join(', ')
  return {
    ...response,
    headers: {
      ...headers,
      'cache-control': shared ? (said ?? 'no-cache') : asPrivate(said ?? 'no-cache'),
      ...(vary === '' ? {} : { vary }),
    },
  }
}

const asPrivate = (said: string): string =>
  /\b(?:private|public|no-store)\b/i.test(said) ? said : `private, ${said}`

const inLowerCase = (headers: ApiResponse['headers'] = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** The names in a `Vary` header. */
export const namesIn = (vary: unknown): string[] =>
  [vary]
    .flat()
    .flatMap((text) => String(text ?? '').split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '')
