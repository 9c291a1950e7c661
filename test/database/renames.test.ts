import { describeRenames } from '../support/renames.js'

describeRenames('SQLite', 'sqlite', async () => 'file:./data/a.db')
