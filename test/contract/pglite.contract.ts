import { TWO } from '../examples/combinations.js'
import { describeContract } from './contract.js'

// The same PostgreSQL as the server's, on which `test:services` proves all four.
describeContract('postgresql', undefined, TWO)
