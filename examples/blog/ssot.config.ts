import { defineConfig } from 'create-ssot-app'

export default defineConfig({
  framework: 'express',
  mode: 'layered',
  plugins: ['jwt'],
})
