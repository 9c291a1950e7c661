import { describeTable } from '../policies/table.js'
import { scene } from './saas.js'

describeTable(scene, { provider: 'sqlite', framework: 'fastify', mode: 'layered' }, { share: 3 })
