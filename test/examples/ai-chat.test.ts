import { describeExample } from './checks.js'

describeExample('ai-chat')
