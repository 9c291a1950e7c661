import { afterAll } from 'vitest'
import { disk } from './disk.js'
import { output } from './output.js'
import { renames } from './rename.js'
import { removeFolders } from './run.js'
import { setUp } from './set-up.js'
import { wrongInput } from './wrong-input.js'

afterAll(removeFolders)

wrongInput()
disk()
setUp()
output()
renames()
