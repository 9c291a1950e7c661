import { tryRules } from './blog-rules.js'
import { describeExample } from './checks.js'

describeExample('blog', { use: tryRules })
