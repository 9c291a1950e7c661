import { describePolicies } from './policies.js'

describePolicies('sqlite', 'fastify')
