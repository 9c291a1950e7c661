import { afterAll, beforeAll } from 'vitest'
import { disk } from './disk.js'
import { output } from './output.js'
import { build, removeFolders } from './run.js'
import { setUp } from './set-up.js'
import { wrongInput } from './wrong-input.js'

// One file, so that the bins are built once and nobody builds while another test runs them.
beforeAll(build, 60_000)
afterAll(removeFolders)

wrongInput()
disk()
setUp()
output()
