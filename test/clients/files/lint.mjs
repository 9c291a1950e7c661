import { createConfig, lintFromString } from '@redocly/openapi-core'
import spectral from '@stoplight/spectral-core'
import rulesets from '@stoplight/spectral-rulesets'
import { readFile } from 'node:fs/promises'

// Prints every error and warning of both linters, a line each.
const source = await readFile('openapi.json', 'utf8')

const config = await createConfig({ extends: ['recommended-strict'] })
for (const { ruleId, message, location } of await lintFromString({ source, config }))
  console.log(`redocly ${ruleId}: ${message} ${location[0]?.pointer}`)

const linter = new spectral.Spectral()
linter.setRuleset({ extends: [rulesets.oas] })
for (const { code, message, path } of await linter.run(source))
  console.log(`spectral ${code}: ${message} ${path.join('/')}`)
