import { describeModels } from './models.js'

describeModels('fastify')
