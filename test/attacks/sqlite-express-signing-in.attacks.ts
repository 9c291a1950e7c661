import { describeAttacks } from './attacks.js'
import { signingIn } from './signing-in/suite.js'

describeAttacks('sqlite', 'express', undefined, signingIn)
