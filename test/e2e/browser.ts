import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome.exe',
]

/** Nothing that the browser does for itself: those requests would be taken for the page's. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
]

/**
 * Starts the browser.
 * @throws Error when there is none
 */
export function launch(): Promise<Browser> {
  const root = process.getuid?.() === 0
  return chromium.launch({
    executablePath: find(),
    args: root ? [...QUIET, '--no-sandbox'] : QUIET,
    chromiumSandbox: !root,
  })
}

function find(): string {
  const { CHROMIUM, PATH = '' } = process.env
  const candidates = CHROMIUM
    ? [CHROMIUM]
    : PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  const found = candidates.find(isExecutable)
  if (found !== undefined) return found
  throw new Error(
    CHROMIUM
      ? `CHROMIUM names '${CHROMIUM}', which cannot be run.`
      : 'There is no Chromium on PATH. Install one (Debian: apt-get install chromium), or name it by CHROMIUM.',
  )
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
