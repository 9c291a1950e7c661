import { describeRowSecurity } from '../support/row-security.js'

describeRowSecurity('the embedded PostgreSQL', async () => 'pglite:./data/pglite')
