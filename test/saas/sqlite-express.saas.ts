import { describeTable } from '../policies/table.js'
import { scene } from './saas.js'

describeTable(scene, { provider: 'sqlite', framework: 'express', mode: 'registry' }, { share: 3 })
