import { describe } from 'vitest'
import { oneKind } from '../examples/combinations.js'
import { describeTable } from '../policies/table.js'
import { deep } from '../support/deep.js'
import { neverAllowed } from './never.js'
import { scene } from './saas.js'

describe.each(oneKind())('$framework, $mode', (kind) => {
  neverAllowed(describeTable(scene, { provider: 'sqlite', ...kind }, { share: deep ? 3 : 24 }))
})
