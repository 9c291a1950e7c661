import { defineConfig } from 'create-ssot-app'

export default defineConfig({
  framework: 'express',
  // One entry per model reads better than 24 folders.
  mode: 'registry',
})
