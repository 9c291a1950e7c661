import { describeOnServer } from './contract.js'

describeOnServer('mysql')
