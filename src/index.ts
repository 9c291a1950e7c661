/** The public entry: what `ssot.config.ts` imports from `create-ssot-app`. */
export { defineConfig, type AppConfig, type Config } from './config.js'
export { definePhase, type PlacedPhase } from './kit/index.js'
