import { describeExample } from './checks.js'

describeExample('blog')
