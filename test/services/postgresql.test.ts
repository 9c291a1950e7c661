import { describeOnServer } from './contract.js'

describeOnServer('postgresql')
