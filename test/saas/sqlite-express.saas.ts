import { describeTable } from '../policies/table.js'
import { deep } from '../support/deep.js'
import { neverAllowed } from './never.js'
import { scene } from './saas.js'

neverAllowed(
  describeTable(
    scene,
    { provider: 'sqlite', framework: 'express', mode: 'registry' },
    { share: deep ? 3 : 24 },
  ),
)
