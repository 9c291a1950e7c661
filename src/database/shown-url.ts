/** What stands for a password where a URL is shown. */
const HIDDEN = 'PASSWORD'

/** A database URL as it may be shown: without its password, and without parameters that are secrets. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return url.replace(/:\/\/.*@/s, `://${HIDDEN}@`)
  const shown = new URL(url)
  const hasSecret = [...shown.searchParams.keys()].filter((name) => SECRET.test(name))
  if (shown.password === '' && hasSecret.length === 0) return url
  if (shown.password !== '') shown.password = HIDDEN
  for (const name of hasSecret) shown.searchParams.set(name, HIDDEN)
  return shown.href
}

const SECRET = /pass|secret|token|key|cert/i
