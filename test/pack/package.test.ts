import { describePackage } from './journey.js'

describePackage(Number(process.versions.node.split('.')[0]))
