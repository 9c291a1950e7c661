import { oneKind } from '../examples/combinations.js'
import { describeModels } from './models.js'

describeModels(oneKind())
