import { describeOwners } from '../support/owners.js'

describeOwners('SQLite', 'sqlite', async () => 'file:./data/a.db')
