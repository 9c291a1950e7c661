/** A mistake in what the user gave us: printed without a stack, exit code 2. Say what is wrong, where, and what to do. */
export class UserError extends Error {
  override name = 'UserError'
  constructor(
    message: string,
    /** What to do about it, one line each. */
    readonly remedies: readonly string[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A phase of ours failed; keeps its cause. Exit code 1. */
export class PhaseError extends Error {
  override name = 'PhaseError'
  constructor(
    readonly phase: string,
    cause: unknown,
  ) {
    super(`Phase '${phase}' failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  }
}
