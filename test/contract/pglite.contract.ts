import { describeContract } from './contract.js'

describeContract('postgresql')
