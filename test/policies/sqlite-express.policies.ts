import { describePolicies } from './policies.js'

describePolicies('sqlite', 'express')
