import { defineConfig } from 'vitest/config'
import { built, installed, project, scheduling, tools, whole } from '../support/projects.js'

/** Whole apps: types, linter, formatter, unused code, their own tests, what is made of them and added to them. */
export default defineConfig({
  test: {
    ...scheduling,
    projects: [
      project('examples', ['test/examples/{blog,ecommerce,ai-chat}.test.ts'], whole),
      project('constructs', ['test/constructs/*.test.ts'], whole),
      project('database', ['test/database/row-security.test.ts'], {
        globalSetup: [installed],
        seconds: 180,
      }),
      project('clients', ['test/clients/*.test.ts'], {
        globalSetup: [built, installed, tools],
        seconds: 120,
      }),
      project('plop', ['test/plop/*.test.ts'], whole),
      project('plugins', ['test/plugins/{apps,own}.test.ts'], whole),
      project('change', ['test/change/*.test.ts', 'test/upgrade/*.test.ts'], whole),
    ],
  },
})
