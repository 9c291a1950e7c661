import { describeAttacks } from './attacks.js'

describeAttacks('sqlite', 'express')
