import { describeExample } from './checks.js'

describeExample('saas')
