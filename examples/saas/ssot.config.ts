import { defineConfig } from 'create-ssot-app'

export default defineConfig({
  framework: 'fastify',
  mode: 'registry',
  plugins: ['api-key', 'jwt'],
})
