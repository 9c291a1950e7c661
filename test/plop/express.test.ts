import { describeModels } from './models.js'

describeModels('express')
