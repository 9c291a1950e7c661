import { describeTable } from '../policies/table.js'
import { deep } from '../support/deep.js'
import { neverAllowed } from './never.js'
import { scene } from './saas.js'

neverAllowed(
  describeTable(
    scene,
    { provider: 'sqlite', framework: 'fastify', mode: 'layered' },
    { share: deep ? 3 : 24 },
  ),
)
