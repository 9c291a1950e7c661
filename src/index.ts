/** The public entry: what `ssot.config.ts`, packs and plugins import from `create-ssot-app`. */
export { defineConfig, type AppConfig, type Config } from './config.js'
export * from './kit/index.js'
