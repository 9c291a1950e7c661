// Preloaded into a measured process: leaves its peak resident memory (KB) in a file.
import { writeFileSync } from 'node:fs'

const file = process.env['BENCH_MEMORY_FILE']
if (file) process.on('exit', () => writeFileSync(file, String(process.resourceUsage().maxRSS)))
