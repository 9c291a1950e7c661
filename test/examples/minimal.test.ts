import { describeExample } from './checks.js'

describeExample('minimal')
