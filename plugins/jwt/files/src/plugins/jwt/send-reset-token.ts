import type { Account } from '../../auth/users.js'
import { env } from '../../env.js'
import { log } from '../../log.js'

/** What it takes to set a new password. */
export interface ResetMessage {
  readonly account: Account
  readonly token: string
  readonly expiresAt: Date
}

/**
 * Yours to fill in: brings the token to the user by a way that nobody else can read, such as a link in an
 * e-mail to the address in `account.row`. Take the address of your pages from the environment, never from a
 * header of a request.
 */
export async function sendResetToken({ account, token, expiresAt }: ResetMessage): Promise<void> {
  // Whoever reads the log is then anybody: for your own machine, and never by default.
  if (env.LOG_RESET_TOKENS) {
    log.info(`reset token of ${account.login}, good until ${expiresAt.toISOString()}: ${token}`)
    return
  }
  throw new Error(
    'Nothing sends reset tokens: fill in src/plugins/jwt/send-reset-token.ts, or set LOG_RESET_TOKENS=true.',
  )
}
