import { describePackage } from './journey.js'

describePackage(22)
