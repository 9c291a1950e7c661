import { describeAttacks } from './attacks.js'

describeAttacks('sqlite', 'fastify')
