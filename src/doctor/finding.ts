/** What one check came to. `error`: the app can't do its work; `warning`: it can, and something is to be known. */
export type Finding = {
  readonly check:
    | 'node'
    | 'packages'
    | 'env'
    | 'client'
    | 'code'
    | 'conflicts'
    | 'edits'
    | 'ejected'
    | 'database'
  readonly level: 'ok' | 'warning' | 'error'
  readonly message: string
  /** What to do, commands included; none where all is well. */
  readonly remedies: readonly string[]
}

type Check = Finding['check']

export const fine = (check: Check, message: string): Finding => ({
  check,
  level: 'ok',
  message,
  remedies: [],
})

export const warning = (check: Check, message: string, ...remedies: string[]): Finding => ({
  check,
  level: 'warning',
  message,
  remedies,
})

export const failure = (check: Check, message: string, ...remedies: string[]): Finding => ({
  check,
  level: 'error',
  message,
  remedies,
})
