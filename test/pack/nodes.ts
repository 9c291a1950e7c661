import { describePackage } from './journey.js'

const running = Number(process.versions.node.split('.')[0])

for (const major of [20, 22, 24].filter((version) => version !== running)) describePackage(major)
