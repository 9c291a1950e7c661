import { tryRules } from './blog-rules.js'
import { describeExample } from './checks.js'
import { TWO } from './combinations.js'

describeExample('blog', { use: tryRules, kinds: TWO })
