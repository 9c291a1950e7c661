import { describeContract, TWO } from './contract.js'

// The same PostgreSQL as the server's, on which `test:services` proves all four.
describeContract('postgresql', undefined, TWO)
