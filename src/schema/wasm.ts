import { setFlagsFromString } from 'node:v8'

/**
 * Runs work that calls into WASM for a moment only, without the optimising compiler: Prisma's parser is 3 MB, a
 * schema takes it some 50 ms, and in that time V8 spends four times as much on optimising it.
 */
export async function unoptimised<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--no-wasm-tier-up')
  setFlagsFromString('--no-wasm-dynamic-tiering')
  try {
    return await work()
  } finally {
    setFlagsFromString('--wasm-tier-up')
    setFlagsFromString('--wasm-dynamic-tiering')
  }
}
