import type { Context } from '../contract.js'
import { bulk } from './bulk.js'
import { language } from './language.js'
import { custom } from './custom.js'
import { errors } from './errors.js'
import { filters } from './filters.js'
import { hidden } from './hidden.js'
import { keys } from './keys.js'
import { limits } from './limits.js'
import { lists } from './lists.js'
import { names } from './names.js'
import { nested } from './nested.js'
import { paging } from './paging.js'
import { preconditions } from './preconditions.js'
import { reading } from './reading.js'
import { refusals } from './refusals.js'
import { scalars } from './scalars.js'
import { selection } from './selection.js'
import { server } from './server.js'
import { sorting } from './sorting.js'
import { writing } from './writing.js'

/** The contract, by subject. Each suite empties the database before it begins. */
export const suites: readonly ((context: Context) => void)[] = [
  server,
  reading,
  paging,
  filters,
  language,
  sorting,
  selection,
  refusals,
  writing,
  nested,
  bulk,
  scalars,
  limits,
  lists,
  keys,
  names,
  hidden,
  preconditions,
  errors,
  custom,
]
