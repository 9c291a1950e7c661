import { fileURLToPath } from 'node:url'

/** Absolute path of the app, from `src/` and from `dist/` alike. */
export const appRoot = fileURLToPath(new URL('../../', import.meta.url))
