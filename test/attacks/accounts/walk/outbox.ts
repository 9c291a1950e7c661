import type { Edit } from '../../../support/app-edits.js'
import { without } from '../app.js'

/** The file of an app into which it writes its messages. */
export const OUTBOX = 'outbox.txt'

/** What a walk does to an app so that it takes less time: neither is what is attacked here. */
export const QUICK: readonly Edit[] = [
  // Of the log of a whole walk there is too much to look through for one message.
  without(
    'plugins/jwt/send-reset-token',
    'log.info(`reset token of ${account.login}, good until ${expiresAt.toISOString()}: ${token}`)',
    `log.debug({ expiresAt })
    process.getBuiltinModule('node:fs').appendFileSync('${OUTBOX}', \`\${account.login} \${token}\\n\`)`,
  ),
  without('plugins/jwt/passwords', 'memoryCost: 19_456, timeCost: 2', 'memoryCost: 8, timeCost: 1'),
]
