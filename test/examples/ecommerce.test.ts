import { describeExample } from './checks.js'

describeExample('ecommerce')
