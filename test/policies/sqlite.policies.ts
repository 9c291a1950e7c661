import { oneKind } from '../examples/combinations.js'
import { describePolicies, describeUndefended } from './policies.js'

describePolicies('sqlite', oneKind())
describeUndefended()
